import { createHash } from 'node:crypto';
import type { FileTree, TreeEntry, Unreadable } from '../../load/file-tree.ts';

/** What was seen of a tree, by path below its root. Equal observations mean equal answers. */
export interface Observations {
  /** SHA-256 of the bytes of each file that was read, or why there were none. */
  readonly files: Readonly<Record<string, string>>;
  /** What was at each path that was asked for. */
  readonly kinds: Readonly<Record<string, 'file' | 'folder' | 'nothing'>>;
  /** A digest of the names in each folder that was listed. */
  readonly lists: Readonly<Record<string, string>>;
}

/**
 * A tree that answers as the given one does and notes every answer.
 *
 * @param unnoted paths of files whose contents are not noted
 */
export function observedTree(
  tree: FileTree,
  unnoted: ReadonlySet<string> = new Set(),
): { readonly tree: FileTree; readonly seen: Observations } {
  const files: Record<string, string> = {};
  const kinds: Record<string, 'file' | 'folder' | 'nothing'> = {};
  const lists: Record<string, string> = {};
  return {
    seen: { files, kinds, lists },
    tree: {
      root: tree.root,
      read(path) {
        const bytes = tree.read(path);
        if (!unnoted.has(path)) files[path] ??= fileDigest(bytes);
        return bytes;
      },
      kind(path) {
        const kind = tree.kind(path);
        kinds[path] ??= kind ?? 'nothing';
        return kind;
      },
      list(path) {
        const entries = tree.list(path);
        lists[path] ??= listDigest(entries);
        return entries;
      },
      denied: tree.denied,
    },
  };
}

/** Whether the tree still answers as it did. */
export function isAsObserved(tree: FileTree, { files, kinds, lists }: Observations): boolean {
  for (const path in kinds) if ((tree.kind(path) ?? 'nothing') !== kinds[path]) return false;
  for (const path in files) if (fileDigest(tree.read(path)) !== files[path]) return false;
  for (const path in lists) if (listDigest(tree.list(path)) !== lists[path]) return false;
  return true;
}

/** SHA-256 of bytes or text. */
export function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

function fileDigest(bytes: Buffer | Unreadable): string {
  return typeof bytes === 'string' ? bytes : sha256(bytes);
}

function listDigest(entries: readonly TreeEntry[]): string {
  return sha256(
    entries.map(({ name, kind, isLink }) => `${name}\0${kind}${isLink ? ' link' : ''}`).join('\n'),
  );
}
