import { existsSync, readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { keepFile } from '../cache/keep-file.ts';
import { sha256 } from '../cache/observe.ts';

/**
 * A TypeScript module as JavaScript, by Node where it can and by ts-node elsewhere; one that was compiled before comes
 * from the cache folder.
 *
 * @throws what the compiler throws for a text that is no TypeScript
 */
export async function compileModule(
  path: string,
  source: string,
  cacheFolder: string | undefined,
): Promise<string> {
  if (cacheFolder === undefined) return compile(path, source);
  const known = keptText(path, source, cacheFolder);
  if (known !== undefined) return known;
  const text = await compile(path, source);
  keepCompiled(path, source, text, cacheFolder);
  return text;
}

/** Keeps a compiled module. Without a writable cache every build compiles afresh. */
export function keepCompiled(path: string, source: string, text: string, cacheFolder: string): void {
  keepFile(cachedFile(path, source, cacheFolder), `//${sha256(text)}\n${text}`);
}

/** Whether a module was compiled before, by the look of it. */
export function isKept(path: string, source: string, cacheFolder: string): boolean {
  return existsSync(cachedFile(path, source, cacheFolder));
}

/** The text of a module that was compiled before; undefined when there is none or it is not what was written. */
export function keptText(path: string, source: string, cacheFolder: string): string | undefined {
  try {
    const kept = readFileSync(cachedFile(path, source, cacheFolder), 'utf8');
    const [, hash, text = ''] = /^\/\/([0-9a-f]{64})\n([\s\S]*)$/.exec(kept) ?? [];
    return hash === sha256(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function cachedFile(path: string, source: string, cacheFolder: string): string {
  return join(cacheFolder, `${sha256(`${COMPILED_BY}\0${path}\0${source}`)}.mjs`);
}

/** Whether Node takes types away itself, in a millisecond; newer ones do. What is left is the same program. */
export const isCompiledByNode = 'stripTypeScriptTypes' in nodeModule;
const { stripTypeScriptTypes } = nodeModule as { stripTypeScriptTypes?: (source: string) => string };

/** Part of the cache's key: a change of how modules are compiled must not find old ones. */
const COMPILED_BY = stripTypeScriptTypes
  ? `node ${process.version}`
  : 'ts-node 10.9.2, typescript 5.9.3 or 7.0.2, es2022';

/** Loading ts-node and TypeScript takes longer than all else, so they wait until a module must be compiled. */
let service: Promise<Service> | undefined;

async function compile(path: string, source: string): Promise<string> {
  if (stripTypeScriptTypes) return stripTypeScriptTypes(source);
  service ??= startService();
  // Of `.cts` it would make CommonJS, whatever the options say.
  return (await service).compile(source, path.replace(/\.cts$/, '.mts'));
}

interface Service {
  compile(source: string, path: string): string;
}

async function startService(): Promise<Service> {
  const { default: tsNode } = await import('ts-node');
  const { prepareStackTrace } = Error;
  const started = tsNode.create({
    // Types are checked by another process at the same time.
    transpileOnly: true,
    skipProject: true,
    compilerOptions: {
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'es2022',
      verbatimModuleSyntax: true,
    },
  });
  // It would turn places in what it compiled into those in the TypeScript, and they would be turned once more.
  Error.prepareStackTrace = prepareStackTrace;
  return started;
}
