import { posix } from 'node:path';

/** The folder a file of the tree lies in; `''` is the root. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

/**
 * A path below the root of the tree from one that is relative to a folder of it (`../x` from `a/b` is `a/x`);
 * undefined when it leads out of the root, is absolute, or begins in somebody's home.
 */
export function treePath(folder: string, relative: string): string | undefined {
  if (/^([/~\\]|[A-Za-z]:[\\/])/.test(relative)) return undefined;
  const path = posix.join(folder, relative.replace(/\\/g, '/'), '.').replace(/\/$/, '');
  if (path === '..' || path.startsWith('../')) return undefined;
  return path === '.' ? '' : path;
}
