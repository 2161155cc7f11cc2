import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join } from 'node:path';

/**
 * A TypeScript module as JavaScript, by Node where it can and by ts-node elsewhere; one that was compiled before comes from the cache folder.
 *
 * @throws what the compiler throws for a text that is no TypeScript
 */
export async function compileModule(
  path: string,
  source: string,
  cacheFolder: string | undefined,
): Promise<string> {
  if (cacheFolder === undefined) return compile(path, source);
  const key = sha256(`${COMPILED_BY}\0${path}\0${source}`);
  const cached = join(cacheFolder, `${key}.mjs`);
  const known = readCached(cached);
  if (known !== undefined) return known;
  const text = await compile(path, source);
  try {
    mkdirSync(cacheFolder, { recursive: true });
    writeFileSync(`${cached}.${process.pid}`, `//${sha256(text)}\n${text}`);
    renameSync(`${cached}.${process.pid}`, cached);
  } catch {
    // Without a writable cache every build compiles afresh.
  }
  return text;
}

/** The text of a cached module; undefined when there is none or it is not what was written. */
function readCached(path: string): string | undefined {
  try {
    const [, hash, text = ''] = /^\/\/([0-9a-f]{64})\n([\s\S]*)$/.exec(readFileSync(path, 'utf8')) ?? [];
    return hash === sha256(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Newer Nodes take types away themselves, in a millisecond. What is left is the same program. */
const { stripTypeScriptTypes } = nodeModule as { stripTypeScriptTypes?: (source: string) => string };

/** Part of the cache's key: a change of how modules are compiled must not find old ones. */
const COMPILED_BY = stripTypeScriptTypes
  ? `node ${process.version}`
  : 'ts-node 10.9.2, typescript 5.9.3, es2022';

/** Loading ts-node and TypeScript takes longer than all else, so they wait until a module must be compiled. */
let service: Promise<{ compile(source: string, path: string): string }> | undefined;

/** Loads the compiler before there is anything to compile. */
export async function warmCompiler(): Promise<void> {
  await compile('/warm.ts', 'export {};');
}

async function compile(path: string, source: string): Promise<string> {
  if (stripTypeScriptTypes) return stripTypeScriptTypes(source);
  service ??= import('ts-node').then(({ default: tsNode }) =>
    tsNode.create({
      // Types are checked by another process at the same time.
      transpileOnly: true,
      skipProject: true,
      compilerOptions: {
        module: 'esnext',
        moduleResolution: 'bundler',
        target: 'es2022',
        verbatimModuleSyntax: true,
      },
    }),
  );
  return (await service).compile(source, path);
}
