// Bundles src/ into dist/: the CLI, the library, the process that runs definitions, types. What is a program is CommonJS
// (`.js`), which Node starts sooner; what is imported is an ES module (`.mjs`).
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import { bundleSdk } from './bundle-sdk.js';

process.chdir(join(import.meta.dirname, '..'));
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
// What a definition shares with its own imports, and what is too large to carry, stays an ordinary dependency.
const external = Object.keys(manifest.dependencies);
const options = {
  // Otherwise esbuild takes the folder from which the script was called.
  absWorkingDir: process.cwd(),
  outdir: 'dist',
  entryNames: '[name]',
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  sourcemap: true,
  minifyWhitespace: true,
  minifySyntax: true,
  external: external.flatMap((name) => [name, `${name}/*`]),
  define: {
    PANELPROOF_VERSION: JSON.stringify(manifest.version),
    PANELPROOF_FINGERPRINT: JSON.stringify(fingerprint()),
  },
  logLevel: 'warning',
};
const withoutSdk = options.external.filter((name) => !name.startsWith('@grafana/grafana-foundation-sdk'));
const commonjs = {
  ...options,
  format: 'cjs',
  define: { ...options.define, 'import.meta.url': 'bundleUrl', 'import.meta.dirname': '__dirname' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};
/** Leaves modules to a file of their own, which is loaded when it is needed. */
const apart = (filter, ending) => ({
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      return { path: `./${path.split('/').at(-1).replace('.ts', ending)}`, external: true };
    });
  },
});
const [cli, commands, host, hostProgram, library, types] = await Promise.all([
  // The way that most builds go is one file: every further module costs time before anything is done.
  build({
    ...commonjs,
    entryPoints: ['src/cli.ts'],
    plugins: [apart(/\/(?:edit\/unified-diff|report\/\w+)\.ts$/, '.mjs')],
  }),
  // All commands are one file too: only such code can be kept compiled (src/build/cache/load-cached.ts).
  build({
    ...commonjs,
    entryPoints: ['src/cli/run.ts', 'src/preview/draw/chart-svg.ts'],
    // Of the SDK commands use the list of units only, which need not be looked for among its files.
    external: withoutSdk,
    // Kept code cannot import dynamically: Node does not know who asks.
    supported: { 'dynamic-import': false },
    plugins: [apart(/\/chart-svg\.ts$/, '.js')],
  }),
  build({
    ...commonjs,
    entryPoints: ['src/definition-host.ts'],
    // Its `import()` is Node's, whatever is imported.
    logOverride: { 'unsupported-dynamic-import': 'silent' },
  }),
  // What that process does is kept code again, with the SDK in it, so that it starts as fast.
  build({
    ...commonjs,
    entryPoints: ['src/run-host.ts'],
    external: withoutSdk,
    supported: { 'dynamic-import': false },
    plugins: [bundleSdk, apart(/\/(?:build\/build|doctor\/check)\.ts$/, '.mjs')],
  }),
  build({
    ...options,
    outExtension: { '.js': '.mjs' },
    entryPoints: [
      'src/index.ts',
      'src/edit/unified-diff.ts',
      'src/report/json.ts',
      'src/report/pretty.ts',
      'src/build/watch/watch-build.ts',
      'src/build/host/node-resolve.ts',
      // What a definition that imports the library could call.
      'src/build/build.ts',
      'src/doctor/check.ts',
    ],
    splitting: true,
    // Some packages are CommonJS inside.
    banner: {
      js: "import { createRequire as panelproofRequire } from 'node:module'; const require = panelproofRequire(import.meta.url);",
    },
  }),
  emitTypes(),
]);
const bundled = [cli, commands, host, hostProgram, library]
  .flatMap(({ outputFiles }) => outputFiles)
  .map(({ path, contents }) => [path, contents]);
const files = new Map([
  ...bundled,
  ...types,
  [join(process.cwd(), 'dist/package.json'), Buffer.from('{ "type": "commonjs" }\n')],
]);
for (const [path, contents] of files) replace(path, contents);
for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
  const path = join(process.cwd(), entry.parentPath, entry.name);
  if (entry.isFile() && !files.has(path)) rmSync(path);
}

/** Changes whenever the program could: what an older one left in its cache is not believed. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync('package.json'));
  const names = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) hash.update(name).update(readFileSync(join('src', name)));
  return hash.digest('hex').slice(0, 16);
}

/** The declarations of the library and of what it mentions, by path; with the endings that compiled modules have. */
async function emitTypes() {
  const folder = mkdtempSync(join(tmpdir(), 'panelproof-types-'));
  const tsc = join(dirname(import.meta.dirname), 'node_modules/typescript-7/bin/tsc');
  await execa(process.execPath, [tsc, '-p', 'scripts/tsconfig.types.json', '--outDir', folder], {
    stdout: 'inherit',
  });
  const emitted = new Map();
  const add = (path) => {
    if (emitted.has(path)) return;
    const text = readFileSync(path, 'utf8').replace(/(['"])(\.[^'"\n]*)\.ts\1/g, '$1$2.mjs$1');
    emitted.set(path, text);
    for (const [, from] of text.matchAll(/['"](\.[^'"\n]*)\.mjs['"]/g))
      add(`${join(dirname(path), from)}.d.ts`);
  };
  add(join(folder, 'index.d.ts'));
  rmSync(folder, { recursive: true });
  return [...emitted].map(([path, text]) => [
    join(process.cwd(), 'dist/types', path.slice(folder.length + 1).replace('.d.ts', '.d.mts')),
    Buffer.from(text),
  ]);
}

/** By rename, and only when it differs: a CLI that runs from the old files is not torn apart. */
function replace(path, contents) {
  const isCli = path.endsWith('cli.js');
  if (existsSync(path) && readFileSync(path).equals(contents) && !isCli) return;
  mkdirSync(dirname(path), { recursive: true });
  // npm makes it executable when it links it, which is before it is built anew.
  writeFileSync(`${path}.${process.pid}`, contents, { mode: isCli ? 0o755 : 0o666 });
  renameSync(`${path}.${process.pid}`, path);
}
