import { posix } from 'node:path';
import { type Mount, type MountSource, normalise, placeOf } from '../model/grafana-instance.ts';
import type { Location } from '../model/source-file.ts';
import type { FileTree } from './file-tree.ts';
import { treePath } from './tree-path.ts';

/** A `COPY` or `ADD` with its variables put in. */
export interface CopyInstruction {
  /** Another stage or image that it takes from. */
  readonly from: string | undefined;
  readonly isAdd: boolean;
  readonly sources: readonly string[];
  /** Texts of here-documents, in the place of sources; undefined for one that is not known. */
  readonly heredocs: readonly (string | undefined)[];
  /** Absolute path in the image. */
  readonly target: string;
  /** The target ends with a slash. */
  readonly intoFolder: boolean;
  /** A variable that the tree does not set stands in it. */
  readonly isUnclear: boolean;
}

/** Folders that the official image has, so that a file copied to one lands in it. */
const FOLDERS_OF_THE_IMAGE =
  /^\/(etc(\/grafana(\/provisioning(\/(access-control|alerting|dashboards|datasources|notifiers|plugins))?)?)?|var|var\/lib(\/grafana(\/plugins)?)?|usr|usr\/share(\/grafana(\/(conf|public)(\/provisioning(\/(dashboards|datasources))?)?)?)?|otel-lgtm(\/grafana(\/conf(\/provisioning(\/(dashboards|datasources))?)?)?)?|opt|tmp)?$/;

/** Entries that are merged one by one when copied folders overlap; beyond that the place counts as unknown. */
const MAX_MERGED = 10_000;

/**
 * Lays one instruction over what was copied before, as Docker does: a folder gives its contents, several sources and
 * patterns go into the target, folders that meet are merged.
 */
export function copyInto(
  tree: FileTree,
  before: readonly Mount[],
  copy: CopyInstruction,
  context: string | undefined,
  at: Location,
): Mount[] {
  const unknown = (target: string, why: string): Mount => ({ target, source: { kind: 'unknown', why }, at });
  if (copy.isUnclear)
    return [...before, unknown(copy.target, 'a variable of the Dockerfile is not set in the tree')];
  const isFolder =
    copy.intoFolder ||
    FOLDERS_OF_THE_IMAGE.test(copy.target) ||
    copy.sources.length + copy.heredocs.length > 1 ||
    isFolderOf(tree, before, copy.target);
  const mounts = [...before];
  copy.heredocs.forEach((text) => {
    mounts.push(
      // The name of a here-document becomes the name of the file, which nobody relies on.
      isFolder || text === undefined
        ? unknown(copy.target, 'a here-document of the Dockerfile')
        : { target: copy.target, source: { kind: 'inline', text }, at },
    );
  });
  const budget = { left: MAX_MERGED };
  for (const source of copy.sources) {
    const name = posix.basename(source);
    const inside =
      isFolder && /\.\w+$/.test(name) && !/[*?[]/.test(name)
        ? normalise(`${copy.target}/${name}`)
        : copy.target;
    if (copy.from !== undefined) mounts.push(unknown(inside, `copied from ${copy.from}`));
    else if (copy.isAdd && /^(\w+:\/\/|git@)|\.(tar|tgz|tar\.\w+|zip)$/.test(source))
      mounts.push(unknown(inside, `${source} is not in the tree`));
    else if (context === undefined)
      mounts.push(unknown(inside, 'the folder it is copied from is not in the tree'));
    else
      for (const path of matching(tree, context, normalise(source).slice(1))) {
        const file = normalise(`${copy.target}/${posix.basename(path)}`);
        const kind = tree.kind(path);
        // Of what is missing only its name tells what it was meant to be.
        const isDirectory = kind === 'folder' || (kind === undefined && !/\.\w+$/.test(path));
        const patternOfMany = /[*?[]/.test(source);
        const target = !isDirectory && (isFolder || patternOfMany) ? file : copy.target;
        addLayer(tree, mounts, { target, source: { kind: 'copy', path }, at }, budget);
      }
  }
  return mounts;
}

/** Folders that meet are merged entry by entry; all else lies over what was there. */
function addLayer(
  tree: FileTree,
  mounts: Mount[],
  mount: Mount & { source: MountSource & { kind: 'copy' | 'bind' } },
  budget: { left: number },
): void {
  const { target, source, at } = mount;
  const meets =
    isFolderOf(tree, mounts, target) || mounts.some((other) => other.target.startsWith(`${target}/`));
  if (!meets || tree.kind(source.path) !== 'folder') {
    mounts.push(mount);
    return;
  }
  for (const { name } of tree.list(source.path)) {
    if (budget.left-- <= 0) {
      mounts.push({ target, source: { kind: 'unknown', why: 'too many copied folders overlap' }, at });
      return;
    }
    const path = source.path === '' ? name : `${source.path}/${name}`;
    addLayer(
      tree,
      mounts,
      { target: normalise(`${target}/${name}`), source: { kind: 'copy', path }, at },
      budget,
    );
  }
}

function isFolderOf(tree: FileTree, mounts: readonly Mount[], target: string): boolean {
  const place = placeOf({ mounts }, target);
  return (
    (place.kind === 'tree' && tree.kind(place.path) === 'folder') ||
    mounts.some((mount) => mount.target.startsWith(`${target}/`))
  );
}

/** The paths that a source of `COPY` names (`..` does not leave the context); one that holds a pattern can name several, or none. */
function matching(tree: FileTree, context: string, source: string): string[] {
  let found = [context];
  for (const part of source.split('/')) {
    if (part === '' || part === '.') continue;
    if (!/[*?[]/.test(part)) {
      found = found.flatMap((folder) => treePath(folder, part) ?? []);
      continue;
    }
    const pattern = toRegExp(part);
    found = found.flatMap((folder) =>
      tree
        .list(folder)
        .filter(({ name }) => pattern.test(name))
        .map(({ name }) => (folder === '' ? name : `${folder}/${name}`)),
    );
  }
  return found;
}

function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]')
    .replace(/\[(?![^\]]*\])/g, '\\[');
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^$/;
  }
}
