import { type Mount, normalise } from '../model/grafana-instance.ts';
import type { Location } from '../model/source-file.ts';
import type { ProviderWalk, Workspace } from '../model/workspace.ts';
import { unwalkedDashboards } from './unwalked-dashboards.ts';

/** Why the walk of a provider finds nothing. `fails` also keeps the providers after it away at the start. */
export type PathFault =
  | { readonly kind: 'not-mounted'; readonly fails: boolean }
  | { readonly kind: 'source-missing'; readonly mount: Mount; readonly fails: boolean }
  | { readonly kind: 'missing'; readonly fails: true }
  | { readonly kind: 'shadowed'; readonly copy: Mount; readonly fails: boolean }
  | { readonly kind: 'empty'; readonly fails: false };

/** Folders that Grafana's image has, with nothing of use in them. */
const IMAGE_FOLDERS = new Set(
  '/ /etc /etc/grafana /etc/grafana/provisioning /etc/grafana/provisioning/dashboards /etc/grafana/provisioning/datasources /home /mnt /opt /srv /tmp /usr /usr/share /var /var/lib /var/lib/grafana'.split(
    ' ',
  ),
);
/** Folders of the image that are full of its own files. */
const IMAGE_FILES = /^\/usr\/share\/grafana(?:$|\/(?:public|conf)(?:$|\/))/;

/** What is wrong with the place that a provider walks; undefined when it has files, or when that cannot be known. */
export function pathFault(workspace: Workspace, walk: ProviderWalk): PathFault | undefined {
  const { provider, place, exists, files } = walk;
  if (place === undefined || exists === 'unknown' || files.length > 0) return undefined;
  const copy = shadowedCopy(workspace, provider.path ?? '');
  if (copy) return { kind: 'shadowed', copy, fails: exists === false };
  if (place.kind === 'unmounted' && exists === false) {
    const path = normalise(provider.path ?? '');
    if (IMAGE_FILES.test(path)) return undefined;
    return { kind: 'not-mounted', fails: !IMAGE_FOLDERS.has(path) };
  }
  if (place.kind === 'tree' && exists === false) {
    const { mount } = place;
    return isSourceMissing(workspace, mount)
      ? { kind: 'source-missing', mount, fails: place.path !== sourcePath(mount) }
      : { kind: 'missing', fails: true };
  }
  return isLeftEmpty(workspace, walk) ? undefined : { kind: 'empty', fails: false };
}

/** Whether a bind mount names a file or folder that the tree does not have. */
export function isSourceMissing({ files }: Pick<Workspace, 'files'>, { source }: Mount): boolean {
  return source.kind === 'bind' && files.kind(source.path) === undefined;
}

/** The place of a provider's path in its file. */
export function pathPlace({ provider: { at } }: ProviderWalk): Location {
  return { file: at.file, path: [...(at.path ?? []), 'options', 'path'] };
}

/** A folder that is kept on purpose (`.gitkeep`) is filled later; one whose dashboards are passed over is told so. */
function isLeftEmpty(workspace: Workspace, { place }: ProviderWalk): boolean {
  if (place?.kind !== 'tree') return true;
  const names = workspace.files.list(place.path);
  if (names.some((name) => name === '.gitkeep' || name === '.gitignore' || name === '.keep')) return true;
  const inside = place.path === '' ? '' : `${place.path}/`;
  return unwalkedDashboards(workspace).some(({ file }) => file.startsWith(inside));
}

/** A copy of the image with dashboards for this path, hidden by what is mounted over it. */
export function shadowedCopy(
  { grafana, files }: Pick<Workspace, 'grafana' | 'files'>,
  path: string,
): Mount | undefined {
  const wanted = normalise(path);
  return grafana.shadowed?.find(
    ({ target, source }) =>
      (target === wanted || target.startsWith(`${wanted}/`) || wanted.startsWith(`${target}/`)) &&
      source.kind === 'copy' &&
      (source.path.endsWith('.json') || files.list(source.path).some((name) => name.endsWith('.json'))),
  );
}

function sourcePath({ source }: Mount): string | undefined {
  return source.kind === 'bind' || source.kind === 'copy' ? source.path : undefined;
}
