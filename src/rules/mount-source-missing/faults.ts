import { type Mount, normalise, placeOf } from '../../model/grafana-instance.ts';
import { nearest } from '../../model/nearest.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { isSourceMissing } from '../path-faults.ts';

/** Bind mounts of what is not in the tree, where provisioning or a provider looks for something. */
export function mountFaults(workspace: Workspace): Fault[] {
  return workspace.grafana.mounts
    .filter((mount) => mount.at && isSourceMissing(workspace, mount) && isOnTheWay(workspace, mount))
    .map((mount) => {
      const source = mount.source.kind === 'bind' ? mount.source.path : '';
      const isYaml = /\.ya?ml$/.test(mount.target);
      return {
        outcome: isYaml ? 'stops' : 'file-ignored',
        message: isYaml
          ? `Missing file "${source}" for "${mount.target}"${hint(workspace, source)}: Docker makes a folder of it, and Grafana stops`
          : `Missing "${source}" for "${mount.target}"${hint(workspace, source)}: Docker makes an empty folder of it`,
        at: mount.at ?? { file: source },
        ...(isYaml && { grafanaLog: `read ${mount.target}: is a directory` }),
      };
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
