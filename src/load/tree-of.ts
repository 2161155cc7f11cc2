import type { FileTree, TreeEntry } from './file-tree.ts';

/** A tree in memory for tests: texts (or bytes) by path below the root. Folders are made as needed; no links. */
export function treeOf(files: Readonly<Record<string, string | Buffer>>): FileTree {
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const folders = new Map<string, Map<string, TreeEntry>>([['', new Map()]]);
  for (const path of bytes.keys()) {
    const parts = path.split('/');
    parts.forEach((name, depth) => {
      const kind = depth === parts.length - 1 ? 'file' : 'folder';
      const folder = parts.slice(0, depth).join('/');
      const entries = folders.get(folder) ?? new Map<string, TreeEntry>();
      folders.set(folder, entries.set(name, { name, kind, isLink: false }));
    });
  }
  return {
    root: '/tree',
    read: (path) => bytes.get(path) ?? (folders.has(path) ? 'folder' : 'missing'),
    kind(path) {
      if (bytes.has(path)) return 'file';
      return folders.has(path) ? 'folder' : undefined;
    },
    list: (path) =>
      [...(folders.get(path)?.values() ?? [])].sort((a, b) =>
        Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)),
      ),
    denied: new Set(),
  };
}
