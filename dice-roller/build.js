import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Compiles the programs to dist/, for Node 20 cannot run TypeScript. Packages stay outside, so that what runs is what
 * the lock file names.
 */
const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');

const { outputFiles } = await build({
  entryPoints: [join(root, 'main.ts')],
  outdir: dist,
  bundle: true,
  splitting: false,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'linked',
  write: false,
  logLevel: 'warning',
});
await mkdir(dist, { recursive: true });
for (const { path, contents } of outputFiles) {
  // A rename, because a program may be starting from these files at this moment.
  const temporary = join(dist, `.${basename(path)}.${process.pid}`);
  await writeFile(temporary, contents);
  await rename(temporary, path);
}
