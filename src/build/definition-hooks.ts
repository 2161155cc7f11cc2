/**
 * Module hooks of the process that runs definitions (they run in a thread of it): TypeScript is compiled by ts-node,
 * `panelproof` means the panelproof that builds, and what is read is told to the build.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { compileModule } from './compile-module.ts';
import type { HostInput } from './definition-host.ts';
import { outsideWorld, outsideWorldModule } from './outside-world.ts';

/** What the build is told of the modules of its definitions. */
export type ModuleNews =
  | { readonly kind: 'loaded'; readonly url: string }
  /** One module of the workspace imports another. */
  | { readonly kind: 'import'; readonly from: string; readonly url: string }
  /** A module of the workspace depends on more than files that are imported. */
  | { readonly kind: 'outside world'; readonly url: string; readonly what: string };

let input: HostInput & { readonly port: MessagePort };
let ownFolder = '';

/** Takes what the main thread hands over. */
export const initialize: InitializeHook<HostInput & { port: MessagePort }> = (data) => {
  input = data;
  ownFolder = new URL('.', input.library).href;
};

/** Finds TypeScript modules, also by the `.js` ending they will have, and the two packages definitions are made of. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  if (specifier === 'panelproof') return { url: input.library, shortCircuit: true };
  const found = await find(specifier, context, next);
  const from = context.parentURL;
  if (from !== undefined && isOfWorkspace(from)) {
    const what = outsideWorldModule(found.url);
    if (what !== undefined) tell({ kind: 'outside world', url: from, what });
    else tell({ kind: 'import', from, url: found.url });
  }
  return found;
};

/** Compiles TypeScript; everything else is left to Node. */
export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith('file:') || url.startsWith(ownFolder)) return next(url, context);
  tell({ kind: 'loaded', url });
  if (!isOfWorkspace(url) || !/\.[cm]?[jt]s$/.test(url)) return next(url, context);
  const path = fileURLToPath(url);
  const source = readFileSync(path, 'utf8');
  const what = outsideWorld(source);
  if (what !== undefined) tell({ kind: 'outside world', url, what });
  if (!/ts$/.test(url)) return next(url, context);
  return {
    format: 'module',
    source: await compileModule(path, source, input.cacheFolder),
    shortCircuit: true,
  };
};

const find: ResolveHook = async (specifier, context, next) => {
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

function typescriptUrl(specifier: string, parent: string | undefined): string | undefined {
  if (!/^\.{0,2}\//.test(specifier) && !specifier.startsWith('file:')) return undefined;
  const base = new URL(specifier, parent).href;
  const candidates = [base.replace(/\.([mc]?)js$/, '.$1ts'), `${base}.ts`, `${base}/index.ts`];
  return candidates.find((candidate) => candidate !== base && existsSync(fileURLToPath(candidate)));
}

function isOfWorkspace(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/') && !url.startsWith(ownFolder);
}

function tell(news: ModuleNews): void {
  input.port.postMessage(news);
}
