import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NAME = '@grafana/grafana-foundation-sdk';
const DIST = dirname(dirname(createRequire(import.meta.url).resolve(`${NAME}/dashboard`)));
const { version, exports } = JSON.parse(readFileSync(join(DIST, '../package.json'), 'utf8'));

/** esbuild plugin: puts the Foundation SDK into `src/build/host/bundled-parts.ts`; each part runs when it is asked for. */
export const bundleSdk = {
  name: 'bundle-sdk',
  setup({ onLoad }) {
    const parts = Object.keys(exports).map((path) => path.slice('./'.length));
    const loaders = parts.map((part) => `${JSON.stringify(part)}: () => require('${NAME}/${part}')`);
    const contents = `export const bundledParts = {
      version: ${JSON.stringify(version)},
      folders: ${JSON.stringify(Object.fromEntries(folders()))},
      load: { ${loaders.join(', ')} },
    };`;
    onLoad({ filter: /[\\/]bundled-parts\.ts$/ }, ({ path }) => ({ contents, resolveDir: dirname(path) }));
  },
};

/** The folders of the SDK by name: their modules, a digest of these, and the other folders that they import. */
function folders() {
  return readdirSync(DIST, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const files = readdirSync(join(DIST, name)).filter((file) => file.endsWith('.js'));
      const text = Buffer.concat(files.map((file) => readFileSync(join(DIST, name, file))));
      const sha256 = createHash('sha256').update(text).digest('hex');
      const imports = [...text.toString().matchAll(/require\("\.\.\/(\w+)/g)].map(([, other]) => other);
      return [name, { files, sha256, imports: [...new Set(imports)] }];
    });
}
