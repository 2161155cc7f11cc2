import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { property } from '../load/provisioning-yaml.ts';
import type { Workspace } from '../model/workspace.ts';

/** Grafana's image runs it as user 472 in the group of root. */
const GRAFANA = { uid: 472, gid: 0 };

/**
 * What a Grafana in a container cannot read for its mode, as one sentence: an umask such as 077 keeps files to their owner,
 * git and builds included. It is of this checkout and not of the repository, so it is no finding. Undefined when all is
 * open, or only read without a container.
 */
export function closedFiles(workspaces: readonly Workspace[]): string | undefined {
  // Elsewhere Docker runs in a machine of its own, which shares files without their owners.
  if (process.platform !== 'linux') return undefined;
  for (const workspace of workspaces) {
    const { root, datasourceFiles, providerFiles, walks } = workspace;
    if (!isBoundAsItIs(workspace)) continue;
    const files = [...datasourceFiles, ...providerFiles].map(({ file }) => file.path);
    // Of what one walk finds the first file stands for all.
    const walked = walks.flatMap(({ files: [first] }) => (first ? [first.file.path] : []));
    const closed = [...files, ...walked].map((path) => closedOnTheWay(root, path)).find(Boolean);
    if (closed !== undefined)
      return `Only its owner can read ${closed}, and Grafana in its container is another user: chmod -R go+rX ${closed}`;
  }
  return undefined;
}

/** Whether it is a service of a compose file that runs as the user of Grafana's image. */
function isBoundAsItIs({ grafana: { at }, files }: Workspace): boolean {
  const [services, name] = at?.path ?? [];
  if (at === undefined || services !== 'services' || name === undefined) return false;
  return property(property(property(files.get(at.file)?.value, services), name), 'user') === undefined;
}

/** The topmost of a file and its folders that others may not read or enter. */
function closedOnTheWay(root: string, path: string): string | undefined {
  const folder = dirname(path);
  const above = folder === '.' ? undefined : closedOnTheWay(root, folder);
  return above ?? (isClosed(join(root, path)) ? path : undefined);
}

function isClosed(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats || stats.uid === GRAFANA.uid) return false;
  const needed = stats.isDirectory() ? 0o5 : 0o4;
  const given = stats.gid === GRAFANA.gid ? (stats.mode >> 3) | stats.mode : stats.mode;
  return (given & needed) !== needed;
}
