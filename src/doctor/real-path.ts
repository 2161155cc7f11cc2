import { realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { FileTree } from '../load/file-tree.ts';

/**
 * A path of the tree with symbolic links followed, so that a file that goes by two names is one file. The path itself
 * when there is nothing, or only in memory, or outside of the tree.
 */
export function realPathIn(tree: Pick<FileTree, 'root'>, path: string): string {
  try {
    const real = realpathSync(join(tree.root, path));
    return real.startsWith(tree.root + sep)
      ? real
          .slice(tree.root.length + 1)
          .split(sep)
          .join('/')
      : path;
  } catch {
    return path;
  }
}

/** The tree, in which a linked file reads as what it leads to: an overlay knows files by their real paths. */
export function followingLinks(tree: FileTree): FileTree {
  return { ...tree, read: (path) => tree.read(realPathIn(tree, path)) };
}
