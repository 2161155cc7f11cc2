import { existsSync, realpathSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBundledVersion, SDK } from './bundled-sdk.ts';

const require = createRequire(import.meta.url);

/**
 * The URL of the module that `specifier` means in the module `parent`: as Node says, but that TypeScript is found by the
 * `.js` it will be or by no ending at all, and that a workspace without its own copy of the SDK gets panelproof's.
 *
 * @throws Error as Node words it when there is none
 */
export function findModule(specifier: string, parent: string): string {
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  if (/^\.{0,2}\//.test(specifier) || specifier.startsWith('file:')) return findFile(specifier, parent);
  if (specifier.startsWith(`${SDK}/`)) {
    const file = findInSdk(specifier.slice(SDK.length + 1), parent);
    if (file !== undefined) return pathToFileURL(realpathSync(file)).href;
  }
  const url = findInPackages(specifier, parent);
  // Node's resolver does not look.
  if (url.startsWith('file:') && !isFile(url)) throw notFound(url, parent);
  return url;
}

function findInPackages(specifier: string, parent: string): string {
  try {
    return nodeResolve()(specifier, parent);
  } catch (error) {
    if (!specifier.startsWith(`${SDK}/`)) throw error;
    return pathToFileURL(require.resolve(specifier)).href;
  }
}

function findFile(specifier: string, parent: string): string {
  const base = new URL(specifier, parent).href;
  const candidates = [base, base.replace(/\.([mc]?)js$/, '.$1ts'), `${base}.ts`, `${base}/index.ts`];
  const found = candidates.find(isFile);
  if (found === undefined) throw notFound(base, parent);
  return pathToFileURL(realpathSync(fileURLToPath(found))).href + new URL(found).search + new URL(found).hash;
}

function isFile(url: string): boolean {
  return statSync(fileURLToPath(url), { throwIfNoEntry: false })?.isFile() === true;
}

/** With the code by which a definition knows that an optional module is not there. */
function notFound(url: string, parent: string): Error {
  const message = `Cannot find module '${fileURLToPath(url)}' imported from ${fileURLToPath(parent)}`;
  return Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });
}

/**
 * A part of the SDK in the nearest `node_modules`, without Node's resolver, which has to be loaded first; of another
 * version it knows better where that has its parts.
 */
function findInSdk(part: string, parent: string): string | undefined {
  for (let folder = dirname(fileURLToPath(parent)); ; folder = dirname(folder)) {
    const sdk = join(folder, 'node_modules', SDK);
    if (existsSync(sdk)) {
      const file = join(sdk, 'dist', part, 'index.js');
      return isBundledVersion(sdk) && existsSync(file) ? file : undefined;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

type Resolve = (specifier: string, parent: string) => string;
let resolve: Resolve | undefined;

/** Node's own resolver, which only an ES module can ask. */
function nodeResolve(): Resolve {
  resolve ??= (require('./node-resolve.mjs') as { nodeResolve: Resolve }).nodeResolve;
  return resolve;
}
