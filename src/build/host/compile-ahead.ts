import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, parse, relative, sep } from 'node:path';
import { NATIVE_ENVIRONMENT, nativeCompiler } from '../native-compiler.ts';
import { isKept, keepCompiled } from './compile-module.ts';

/**
 * Compiles modules, all at once, by TypeScript's native program: loading ts-node takes thirty times as long. What that
 * program has complaints about is left to `compileModule`.
 *
 * @param modules real absolute paths
 * @param out a folder for what it writes
 */
export function compileAhead(modules: readonly string[], cacheFolder: string, out: string): void {
  const sources = new Map(sourcesOf(modules).filter(([path, source]) => !isKept(path, source, cacheFolder)));
  const compiler = nativeCompiler();
  if (sources.size === 0 || compiler === undefined) return;
  const paths = [...sources.keys()];
  const folder = dirname(paths[0] ?? '');
  const words = [...OPTIONS, '--rootDir', parse(folder).root, '--outDir', out, ...paths];
  const run = spawnSync(compiler, words, {
    cwd: folder,
    encoding: 'utf8',
    timeout: TIME_LIMIT,
    env: NATIVE_ENVIRONMENT,
  });
  // Not started, stopped, or cut off in what it said: nothing of it is believed.
  if (run.error) return;
  for (const [path, source] of sources) {
    if (run.stdout.includes(`${relative(folder, path).split(sep).join('/')}(`)) continue;
    const compiled = join(out, path.slice(parse(path).root.length)).replace(/ts$/, 'js');
    const text = existsSync(compiled) ? asLoaded(readFileSync(compiled, 'utf8'), path, source) : undefined;
    if (text !== undefined) keepCompiled(path, source, text, cacheFolder);
  }
}

/** Real paths of the TypeScript modules in a folder and all below it. */
export function modulesIn(folder: string): readonly string[] {
  const real = realpathSync(folder);
  return readdirSync(real, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.d)\.m?ts$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(real, name));
}

/** Paths and texts of modules; what cannot be read is for whoever imports it. */
function sourcesOf(paths: readonly string[]): (readonly [path: string, source: string])[] {
  return paths.flatMap((path) => {
    try {
      return [[path, readFileSync(path, 'utf8')] as const];
    } catch {
      return [];
    }
  });
}

/** Milliseconds; it takes 20 for a module and a second for a thousand. */
const TIME_LIMIT = 10_000;

/** One text to the next, whatever its imports are; `compileModule` compiles the same way. */
const OPTIONS = [
  ...[
    '--singleThreaded',
    '--ignoreConfig',
    '--noCheck',
    '--noResolve',
    '--noLib',
    '--types',
    '',
    '--pretty',
    'false',
  ],
  ...['--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--verbatimModuleSyntax'],
  ...['--inlineSourceMap', '--inlineSources'],
];

const MAP = '//# sourceMappingURL=data:application/json;base64,';

/** A compiled text with the place of its module in its map; undefined when another source was compiled meanwhile. */
function asLoaded(text: string, path: string, source: string): string | undefined {
  const at = text.lastIndexOf(MAP);
  if (at < 0) return undefined;
  const map = JSON.parse(Buffer.from(text.slice(at + MAP.length), 'base64').toString());
  if (map.sourcesContent?.[0] !== source) return undefined;
  const moved = { ...map, file: path, sourceRoot: undefined, sources: [path] };
  return `${text.slice(0, at)}${MAP}${Buffer.from(JSON.stringify(moved)).toString('base64')}\n`;
}
