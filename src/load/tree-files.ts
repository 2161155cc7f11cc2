import type { FileTree } from './file-tree.ts';

/** More files than this are not looked at; the nearest to the root come first. */
export const MAX_FILES = 1_000_000;

const SKIPPED = new Set(['node_modules', '.git']);

/**
 * The paths of all files of a tree, those nearest to the root first, without `node_modules` and `.git`. Linked folders
 * are not entered (what they hold is reached under its own path, and links can go in circles); linked files count.
 */
export function treeFiles(tree: FileTree, max: number = MAX_FILES): readonly string[] {
  const files: string[] = [];
  const folders = [''];
  // The queue grows while it is walked; the bound on folders stops a tree of empty ones.
  for (let next = 0; next < folders.length && next <= max; next++) {
    const folder = folders[next] ?? '';
    for (const { name, kind, isLink } of tree.list(folder)) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'file') files.push(path);
      else if (kind === 'folder' && !isLink && !SKIPPED.has(name)) folders.push(path);
      if (files.length >= max) return files;
    }
  }
  return files;
}

/** A file's text without a byte order mark; undefined when it cannot be read. */
export function readText(tree: FileTree, path: string): string | undefined {
  const bytes = tree.read(path);
  return typeof bytes === 'string' ? undefined : decodeUnicode(bytes).replace(/^\uFEFF/, '');
}

/** UTF-8 with the byte order mark that it may have, or UTF-16 by its own, as editors of Windows write it. */
export function decodeUnicode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString('utf8');
}
