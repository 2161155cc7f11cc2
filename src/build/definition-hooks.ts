/**
 * Module hooks of the process that runs definitions (they run in a thread of it): TypeScript is compiled by ts-node,
 * `panelproof` means the panelproof that builds, and every module that is read is told to the build.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import type { HostInput } from './definition-host.ts';

let input: HostInput & { readonly port: MessagePort };

/** Takes what the main thread hands over. */
export const initialize: InitializeHook<HostInput & { port: MessagePort }> = (data) => {
  input = data;
};

/** Finds TypeScript modules, also by the `.js` ending they will have, and the two packages definitions are made of. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  if (specifier === 'panelproof') return { url: input.library, shortCircuit: true };
  try {
    return await next(specifier, context);
  } catch (error) {
    const url = typescriptUrl(specifier, context.parentURL);
    if (url) return { url, shortCircuit: true };
    // A workspace without its own copy of the SDK gets the one that panelproof depends on.
    if (specifier.startsWith('@grafana/grafana-foundation-sdk/'))
      return next(specifier, { ...context, parentURL: input.library });
    throw error;
  }
};

/** Compiles TypeScript; everything else is left to Node. */
export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return next(url, context);
  input.port.postMessage(url);
  if (!/\.[mc]?ts$/.test(url)) return next(url, context);
  const path = fileURLToPath(url);
  return { format: 'module', source: await compiled(path, readFileSync(path, 'utf8')), shortCircuit: true };
};

function typescriptUrl(specifier: string, parent: string | undefined): string | undefined {
  if (!/^\.{0,2}\//.test(specifier) && !specifier.startsWith('file:')) return undefined;
  const base = new URL(specifier, parent).href;
  const candidates = [base.replace(/\.([mc]?)js$/, '.$1ts'), `${base}.ts`, `${base}/index.ts`];
  return candidates.find((candidate) => candidate !== base && existsSync(fileURLToPath(candidate)));
}

/** Part of the cache's key: a change of how modules are compiled must not find old ones. */
const COMPILED_BY = 'ts-node 10.9.2, typescript 5.9.3, es2022';

async function compiled(path: string, source: string): Promise<string> {
  const { cacheFolder } = input;
  if (cacheFolder === undefined) return compile(path, source);
  const key = createHash('sha256').update(`${COMPILED_BY}\0${path}\0${source}`).digest('hex');
  const cached = join(cacheFolder, `${key}.mjs`);
  try {
    return readFileSync(cached, 'utf8');
  } catch {
    const text = await compile(path, source);
    try {
      mkdirSync(cacheFolder, { recursive: true });
      writeFileSync(`${cached}.${process.pid}`, text);
      renameSync(`${cached}.${process.pid}`, cached);
    } catch {
      // Without a writable cache every build compiles afresh.
    }
    return text;
  }
}

/** Loading ts-node and TypeScript takes longer than all else, so they wait until a module must be compiled. */
let service: Promise<{ compile(source: string, path: string): string }> | undefined;

async function compile(path: string, source: string): Promise<string> {
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
