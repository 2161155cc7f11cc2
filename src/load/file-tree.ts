import { type Dirent, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

/** Files larger than this are not read; the largest dashboards known are 5 MB. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** A folder as loaders see it: paths are relative to its root, with `/`; `''` is the root itself. */
export interface FileTree {
  /** Absolute path of the root, with links resolved. */
  readonly root: string;
  /** The bytes of a file, or why there are none. Never throws. */
  read(path: string): Buffer | Unreadable;
  /** What is at a path, links followed; undefined when nothing is, or when a link leads out of the root. */
  kind(path: string): 'file' | 'folder' | undefined;
  /** What is in a folder, sorted by name as Go's `os.ReadDir` sorts; empty when it is none. */
  list(path: string): readonly TreeEntry[];
}

/** One name in a folder. */
export interface TreeEntry {
  readonly name: string;
  /** What it is once links are followed; `other` for sockets and the like and for links that lead nowhere or out. */
  readonly kind: 'file' | 'folder' | 'other';
  readonly isLink: boolean;
}

/** Why a file cannot be read. */
export type Unreadable = 'missing' | 'folder' | 'too-large' | 'outside' | 'unreadable';

/**
 * A folder on disk. A symbolic link is followed only while it stays below the root, so that nothing outside is read.
 * Throws when the root itself is not a readable folder.
 */
export function diskTree(folder: string): FileTree {
  const root = realpathSync(folder);
  readdirSync(root);
  const inside = (path: string): string | Unreadable => {
    if (path.includes('\0')) return 'missing';
    const absolute = join(root, path);
    try {
      const real = realpathSync.native(absolute);
      return real === root || real.startsWith(root + sep) ? real : 'outside';
    } catch {
      return 'missing';
    }
  };
  const statOf = (path: string): Stats | undefined => {
    const real = inside(path);
    if (!real.startsWith(sep) && !/^[A-Za-z]:/.test(real)) return undefined;
    return statSync(real, { throwIfNoEntry: false });
  };
  return {
    root,
    read(path) {
      const stat = statOf(path);
      if (!stat) return inside(path) === 'outside' ? 'outside' : 'missing';
      if (stat.isDirectory()) return 'folder';
      if (!stat.isFile()) return 'unreadable';
      if (stat.size > MAX_FILE_BYTES) return 'too-large';
      try {
        return readFileSync(join(root, path));
      } catch {
        return 'unreadable';
      }
    },
    kind: (path) => kindOf(statOf(path)),
    list(path) {
      if (kindOf(statOf(path)) !== 'folder') return [];
      return entriesOf(join(root, path)).map((entry) => ({
        name: entry.name,
        kind: entry.isSymbolicLink()
          ? (kindOf(statOf(path === '' ? entry.name : `${path}/${entry.name}`)) ?? 'other')
          : (kindOf(entry) ?? 'other'),
        isLink: entry.isSymbolicLink(),
      }));
    },
  };
}

/**
 * A folder that a user named.
 *
 * @throws UsageError when it is no readable folder
 */
export function openTree(folder: string): FileTree {
  try {
    return diskTree(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT' ? 'there is none' : code === 'ENOTDIR' ? 'it is a file' : String(code ?? error);
    throw new UsageError(`cannot read the folder ${folder}: ${why}`);
  }
}

/** A tree with some files changed (text) or removed (undefined) in memory: the workspace as it will be. */
export function overlayTree(base: FileTree, changes: ReadonlyMap<string, string | undefined>): FileTree {
  const added = new Map<string, TreeEntry[]>();
  for (const [path, text] of changes) {
    if (text === undefined) continue;
    const parts = path.split('/');
    parts.forEach((name, depth) => {
      const folder = parts.slice(0, depth).join('/');
      const kind = depth === parts.length - 1 ? 'file' : 'folder';
      const names = added.get(folder) ?? [];
      if (!names.some((entry) => entry.name === name)) names.push({ name, kind, isLink: false });
      added.set(folder, names);
    });
  }
  const isRemoved = (path: string) => changes.has(path) && changes.get(path) === undefined;
  return {
    root: base.root,
    read(path) {
      const text = changes.get(path);
      if (text !== undefined) return Buffer.from(text);
      return isRemoved(path) ? 'missing' : base.read(path);
    },
    kind(path) {
      if (changes.get(path) !== undefined) return 'file';
      if (isRemoved(path)) return undefined;
      return base.kind(path) ?? (added.has(path) ? 'folder' : undefined);
    },
    list(path) {
      const prefix = path === '' ? '' : `${path}/`;
      const kept = base.list(path).filter((entry) => !isRemoved(prefix + entry.name));
      const fresh = (added.get(path) ?? []).filter((entry) => !kept.some(({ name }) => name === entry.name));
      return fresh.length === 0 ? kept : [...kept, ...fresh].sort(byName);
    },
  };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort(byName);
  } catch {
    return [];
  }
}

/** By bytes of UTF-8, as Go sorts: provisioning files are read in this order. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  // Without surrogates the order of UTF-16 is the order of UTF-8.
  if (!/[\ud800-\udfff]/.test(a.name + b.name)) return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory'> | undefined): 'file' | 'folder' | undefined {
  if (entry?.isDirectory()) return 'folder';
  return entry?.isFile() ? 'file' : undefined;
}
