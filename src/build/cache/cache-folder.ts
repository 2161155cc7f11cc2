import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The caches of a workspace, in the nearest `node_modules`: neither git nor Grafana looks there. Undefined where there
 * is none; then nothing is kept.
 *
 * @param root absolute path of the workspace root
 */
export function cacheFolder(root: string): string | undefined {
  const modules = join(root, 'node_modules');
  if (existsSync(modules)) return join(modules, '.cache/panelproof');
  return dirname(root) === root ? undefined : cacheFolder(dirname(root));
}

/** Where the record of a workspace's last build is kept, one for each provisioning folder. */
export function recordPath(root: string, provisioning: string): string | undefined {
  const folder = cacheFolder(root);
  const name = createHash('sha256').update(`${root}\0${provisioning}`).digest('hex').slice(0, 16);
  return folder && join(folder, `build-${name}.json`);
}
