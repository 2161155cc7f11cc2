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

/** The folders of the SDK by name: sizes of their modules, and the other folders that these import. */
function folders() {
  return readdirSync(DIST, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const modules = readdirSync(join(DIST, name)).filter((file) => file.endsWith('.js'));
      const texts = modules.map((file) => readFileSync(join(DIST, name, file)));
      const imports = texts.flatMap((text) => [...text.toString().matchAll(/require\("\.\.\/(\w+)/g)]);
      const files = Object.fromEntries(modules.map((file, index) => [file, texts[index].length]));
      return [name, { files, imports: [...new Set(imports.map(([, other]) => other))] }];
    });
}
