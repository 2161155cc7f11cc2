// Bundles src/ into dist/: the CLI, the library, and the two modules that run definitions in a process of their own.
import { readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

// What a definition shares with its own imports, and what is too large to carry, stays an ordinary dependency.
const external = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).dependencies);
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: [
    'src/cli.ts',
    'src/index.ts',
    'src/build/definition-host.ts',
    'src/build/definition-hooks.ts',
  ],
  entryNames: '[name]',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  sourcemap: true,
  external: external.flatMap((name) => [name, `${name}/*`]),
  banner: {
    js: "import { createRequire as panelproofRequire } from 'node:module'; const require = panelproofRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
