import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The caches of a workspace, in the nearest `node_modules`: neither git nor Grafana looks there. Undefined where there
 * is none; then nothing is kept.
 *
 * @param root absolute path of the workspace root
 */
export function cacheFolder(root: string): string | undefined {
  const modules = nearestModules(root);
  return modules && join(modules, '.cache/panelproof');
}

/** The `node_modules` of a folder or of the nearest one above that has one. */
export function nearestModules(folder: string): string | undefined {
  const modules = join(folder, 'node_modules');
  if (existsSync(modules)) return modules;
  return dirname(folder) === folder ? undefined : nearestModules(dirname(folder));
}

/**
 * Where something about a workspace's last build is kept, for each provisioning folder. Two workspaces may share a name:
 * what is kept says whose it is.
 */
export function keptFile(what: 'build' | 'look', root: string, provisioning: string): string | undefined {
  const folder = cacheFolder(root);
  const name = `${root} ${provisioning}`.replace(/[^A-Za-z0-9]+/g, '-').slice(-100);
  return folder && join(folder, `${what}${name}.json`);
}
