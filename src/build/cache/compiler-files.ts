import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearestModules } from './cache-folder.ts';

/**
 * Files beside the modules themselves that decide how modules are found, compiled and checked: by absolute path,
 * whether they exist or not. Given are all modules that were read.
 */
export function compilerFiles(root: string, modules: readonly string[]): readonly string[] {
  const require = createRequire(import.meta.url);
  const ours = ['typescript', 'typescript-7', 'ts-node'].map((name) =>
    require.resolve(`${name}/package.json`),
  );
  const files = new Set<string>();
  for (const path of [...modules, ...ours, require.resolve('@grafana/grafana-foundation-sdk/dashboard')]) {
    const inPackage = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0];
    if (inPackage !== undefined) files.add(join(inPackage, 'package.json'));
    else for (const folder of foldersAbove(path, root)) files.add(join(folder, 'package.json'));
  }
  for (const config of ['dashboards/tsconfig.json', 'tsconfig.json'])
    for (const path of configChain(join(root, config))) files.add(path);
  // One that is installed later takes the place of panelproof's own.
  files.add(join(root, 'node_modules/@grafana/grafana-foundation-sdk/package.json'));
  files.add(join(root, 'node_modules/@types/node/package.json'));
  for (const name of INSTALLED) {
    const path = join(nearestModules(root) ?? root, name);
    if (existsSync(path)) files.add(path);
  }
  return [...files].sort();
}

/** What npm, pnpm and Yarn write with each installation: a package may have come, gone, or lead elsewhere. */
const INSTALLED = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml', '.yarn-integrity'];

/** The folders of a module up to the workspace root; outside of it up to that of the package that it belongs to. */
function foldersAbove(path: string, root: string): string[] {
  const folder = dirname(path);
  const isInside = folder.startsWith(`${root}${sep}`);
  const isLast = folder === root || folder === dirname(folder);
  if (isLast || (!isInside && existsSync(join(folder, 'package.json')))) return [folder];
  return [folder, ...foldersAbove(folder, root)];
}

/** A `tsconfig.json` and those that it extends. */
function configChain(path: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  if (!existsSync(path)) return seen;
  const [, value = ''] = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/.exec(readFileSync(path, 'utf8')) ?? [];
  for (const [, specifier = ''] of value.matchAll(/"([^"]*)"/g))
    configChain(resolveConfig(path, specifier), seen);
  return seen;
}

function resolveConfig(from: string, specifier: string): string {
  if (/^\.{0,2}\//.test(specifier)) {
    const path = join(specifier.startsWith('/') ? '/' : dirname(from), specifier);
    return path.endsWith('.json') ? path : `${path}.json`;
  }
  const require = createRequire(pathToFileURL(from));
  for (const candidate of [specifier, `${specifier}.json`, `${specifier}/tsconfig.json`])
    try {
      return require.resolve(candidate);
    } catch {}
  return join(dirname(from), 'node_modules', specifier);
}
