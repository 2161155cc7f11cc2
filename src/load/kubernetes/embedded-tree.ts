import type { FileTree, TreeEntry } from '../file-tree.ts';
import type { EmbeddedFile } from './embedded-file.ts';

/**
 * A tree in which embedded files can be read as if they were files, in folders of the part of their name before the
 * last slash. Folders of the disk do not list them.
 */
export function embeddedTree(base: FileTree, embedded: ReadonlyMap<string, EmbeddedFile>): FileTree {
  if (embedded.size === 0) return base;
  const folders = new Map<string, TreeEntry[]>();
  for (const path of [...embedded.keys()].sort()) {
    const slash = path.lastIndexOf('/');
    const entries = folders.get(path.slice(0, slash)) ?? [];
    entries.push({ name: path.slice(slash + 1), kind: 'file', isLink: false });
    folders.set(path.slice(0, slash), entries);
  }
  return {
    root: base.root,
    denied: base.denied,
    read(path) {
      const file = embedded.get(path);
      return file ? Buffer.from(file.text) : base.read(path);
    },
    kind(path) {
      if (embedded.has(path)) return 'file';
      return folders.has(path) ? 'folder' : base.kind(path);
    },
    list: (path) => folders.get(path) ?? base.list(path),
  };
}
