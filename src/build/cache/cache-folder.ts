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
 * Where something about a workspace's last build is kept, for each provisioning folder. Should two share a name all the
 * same, what is kept says whose it is.
 */
export function keptFile(what: 'build' | 'look', root: string, provisioning: string): string | undefined {
  const folder = cacheFolder(root);
  const whose = `${root} ${provisioning}`;
  const name = whose.replace(/[^A-Za-z0-9]+/g, '-').slice(-100);
  return folder && join(folder, `${what}${name}-${checksum(whose)}.json`);
}

/** Tells `a b` from `a_b`. Node's hashes would take longer to load than all that an unchanged build does. */
function checksum(text: string): string {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) >>> 0;
  return sum.toString(36);
}
