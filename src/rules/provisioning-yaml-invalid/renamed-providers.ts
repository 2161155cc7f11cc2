import { readProviderFile } from '../../load/providers.ts';
import { sourceFile } from '../../load/source-file.ts';
import { normalise, placeOf } from '../../model/grafana-instance.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { unwalkedFolders } from '../unwalked-folders.ts';

/** Names of what was kept, or saved under another ending. One that says `disabled` or `example` says what it is meant for. */
const RENAMED = /\.(?:bak\d*|backup|old|orig|save|txt|json)$|~$/i;

/**
 * Provider files that Grafana passes over because of their names, where it reads no other one and the dashboards lie
 * where they point: put aside and forgotten. Only of a Grafana that the tree starts, as others can be filled by hand.
 */
export function renamedProviders(workspace: Workspace, folder: string): Fault[] {
  const { grafana, files, providerFiles } = workspace;
  if (grafana.at === undefined || providerFiles.length > 0 || isFilledElsewhere(workspace)) return [];
  const found = files
    .list(folder)
    .filter((name) => RENAMED.test(name))
    .map((name) => (folder === '' ? name : `${folder}/${name}`))
    .filter((path) => files.kind(path) === 'file' && hasDashboards(workspace, path));
  const [path, ...others] = found;
  if (path === undefined) return [];
  const renamed = renamedTo(path);
  return [
    {
      outcome: 'file-ignored',
      message: `Expected a provider file that ends in ".yaml", found only "${path.slice(path.lastIndexOf('/') + 1)}": Grafana passes over it, and its dashboards do not load`,
      at: { file: path },
      ...(others.length === 0 && files.kind(renamed) === undefined
        ? {
            fix: {
              title: 'Give the file the ending that Grafana reads',
              // Somebody gave it this name, and may have had a reason.
              safety: 'unsafe',
              edits: [{ kind: 'text', file: path, renameTo: renamed }],
            },
          }
        : {
            related: others.map((other) => ({ at: { file: other }, message: 'is passed over too' })),
          }),
    },
  ];
}

/** Single files come from where the tree does not show them. */
export function isFilledElsewhere({ grafana }: Pick<Workspace, 'grafana'>): boolean {
  const folder = normalise(`${grafana.provisioningPath}/dashboards`);
  return grafana.mounts.some(
    ({ target, source }) =>
      target.startsWith(`${folder}/`) && source.kind !== 'bind' && source.kind !== 'copy',
  );
}

function hasDashboards(workspace: Workspace, path: string): boolean {
  const { grafana, files } = workspace;
  const text = files.get(path)?.text ?? '';
  if (!/^["']?apiVersion["']?\s*:|"apiVersion"\s*:/m.test(text) || text.includes('{{')) return false;
  const { providers } = readProviderFile(sourceFile(`${path}.yaml`, text), grafana);
  return providers.some((provider) => {
    const place = placeOf(grafana, provider.path ?? '');
    return place.kind === 'tree' && unwalkedFolders(workspace, place.path).length > 0;
  });
}

function renamedTo(path: string): string {
  const kept = path.replace(RENAMED, '');
  return /\.ya?ml$/.test(kept) ? kept : `${kept}.yaml`;
}
