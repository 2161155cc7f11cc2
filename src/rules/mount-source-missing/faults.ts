import { type Mount, normalise, placeOf } from '../../model/grafana-instance.ts';
import { nearest } from '../../model/nearest.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { isSourceMissing } from '../path-faults.ts';

/**
 * Bind mounts of what is not in the tree, where provisioning or a provider looks for something. For a missing file Docker
 * makes a folder, which then is in the tree.
 */
export function mountFaults(workspace: Workspace): Fault[] {
  return workspace.grafana.mounts.flatMap((mount): Fault[] => {
    const { at, source, target } = mount;
    if (at === undefined || source.kind !== 'bind' || !isOnTheWay(workspace, mount)) return [];
    const isYaml = /\.ya?ml$/.test(target);
    const isFolder = isYaml && workspace.files.kind(source.path) === 'folder';
    if (!isFolder && !isSourceMissing(workspace, mount)) return [];
    const near = hint(workspace, source.path);
    return [
      {
        outcome: isYaml ? 'stops' : 'file-ignored',
        message: isFolder
          ? `Expected "${source.path}" for "${target}" to be a file, found a folder, as Docker makes one of a missing file: Grafana stops`
          : isYaml
            ? `Missing file "${source.path}" for "${target}"${near}: Docker makes a folder of it, and Grafana stops`
            : `Missing "${source.path}" for "${target}"${near}: Docker makes an empty folder of it`,
        at,
        ...(isYaml && { grafanaLog: `read ${target}: is a directory` }),
      },
    ];
  });
}

/** The neighbour that was probably meant. */
function hint({ files }: Workspace, source: string): string {
  const folder = source.includes('/') ? source.slice(0, source.lastIndexOf('/')) : '';
  const near = nearest(source.slice(folder === '' ? 0 : folder.length + 1), files.list(folder));
  return near === undefined ? '' : `, nearest is "${near}"`;
}

/** What fills a path that Grafana reads at its start, or a part of it; a mount over it takes its place. */
function isOnTheWay({ grafana, providers }: Workspace, mount: Mount): boolean {
  const wanted = [
    `${grafana.provisioningPath}/datasources`,
    `${grafana.provisioningPath}/dashboards`,
    ...providers.flatMap(({ path }) => path ?? []),
  ].map(normalise);
  return wanted.some((path) => {
    if (mount.target.startsWith(`${path}/`)) return true;
    const place = placeOf(grafana, path);
    return place.kind === 'tree' && place.mount === mount;
  });
}
