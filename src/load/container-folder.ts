import { type ContainerPlace, type GrafanaInstance, normalise, placeOf } from '../model/grafana-instance.ts';
import type { FileTree } from './file-tree.ts';

/** A folder of a container as its processes see it. */
export interface ContainerFolder {
  /** Whether there is such a folder; `unknown` when what holds it is filled at run time. */
  readonly exists: boolean | 'unknown';
  /** False when it can hold more than `entries`. */
  readonly isComplete: boolean;
  /** Sorted by bytes of the name, as Go's `os.ReadDir` sorts. */
  readonly entries: readonly ContainerEntry[];
}

/** One name in a folder of a container. */
export interface ContainerEntry {
  readonly name: string;
  /** `missing`: mounted from a path at which the tree has nothing; `unknown`: filled at run time. */
  readonly kind: 'file' | 'folder' | 'other' | 'missing' | 'unknown';
  /** A link of the tree; what is mounted by itself is none. */
  readonly isLink: boolean;
  readonly place: ContainerPlace;
}

/**
 * What stands in a folder of a container: what the most specific mount above it holds, and over that what is mounted
 * below it one by one (single files, sub-folders, and the folders on the way to them).
 */
export function containerFolder(
  tree: FileTree,
  instance: Pick<GrafanaInstance, 'mounts'>,
  containerPath: string,
): ContainerFolder {
  const path = normalise(containerPath);
  const place = placeOf(instance, path);
  const entries = new Map<string, ContainerEntry>();
  if (place.kind === 'tree')
    for (const { name, kind, isLink } of tree.list(place.path))
      entries.set(name, { name, kind, isLink, place: placeOf(instance, `${path}/${name}`) });
  for (const name of mountedNames(instance, path)) {
    const known = entries.get(name);
    entries.set(name, mountedEntry(tree, instance, `${path}/${name}`, name, known));
  }
  const sorted = [...entries.values()].sort((a, b) =>
    Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)),
  );
  return {
    exists: existence(tree, place, sorted.length > 0),
    isComplete: place.kind !== 'unknown' && sorted.every(({ kind }) => kind !== 'unknown'),
    entries: sorted,
  };
}

/** The names below a path at which, or under which, something is mounted. */
function mountedNames({ mounts }: Pick<GrafanaInstance, 'mounts'>, path: string): ReadonlySet<string> {
  const prefix = path === '/' ? '/' : `${path}/`;
  return new Set(
    mounts.flatMap(({ target }) =>
      target.startsWith(prefix) && target !== prefix ? (target.slice(prefix.length).split('/')[0] ?? []) : [],
    ),
  );
}

function mountedEntry(
  tree: FileTree,
  instance: Pick<GrafanaInstance, 'mounts'>,
  path: string,
  name: string,
  below: ContainerEntry | undefined,
): ContainerEntry {
  const target = normalise(path);
  const place = placeOf(instance, target);
  const isMount = instance.mounts.some((mount) => mount.target === target);
  // Only something deeper is mounted: Docker makes the folders on the way.
  if (!isMount) return below ?? { name, kind: 'folder', isLink: false, place };
  switch (place.kind) {
    case 'tree':
      return { name, kind: tree.kind(place.path) ?? 'missing', isLink: false, place };
    case 'inline':
      return { name, kind: 'file', isLink: false, place };
    case 'unknown':
    case 'unmounted':
      return { name, kind: 'unknown', isLink: false, place };
    default:
      return place satisfies never;
  }
}

function existence(tree: FileTree, place: ContainerPlace, hasEntries: boolean): boolean | 'unknown' {
  switch (place.kind) {
    case 'tree':
      return hasEntries || tree.kind(place.path) === 'folder';
    case 'unknown':
      return hasEntries || 'unknown';
    case 'inline':
      return false;
    case 'unmounted':
      return hasEntries;
    default:
      return place satisfies never;
  }
}
