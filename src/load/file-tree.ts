import {
  type Dirent,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { pathError, UsageError } from '../model/usage-error.ts';

/** Files larger than this are not read; the largest dashboards known are 5 MB. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Nothing deeper than so many folders is looked at: only links in a circle go on for ever. */
const MAX_DEPTH = 100;

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
  /** What there was no permission to read so far: it was answered as if it were not there. */
  readonly denied: ReadonlySet<string>;
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
  /** Real paths of folders by path; most files of a folder are asked for one after the other. */
  const folders = new Map<string, string | Unreadable>([['', root]]);
  const denied = new Set<string>();
  const folderAt = (path: string): string | Unreadable => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const real = realPath(root, path);
    folders.set(path, real);
    return real;
  };
  /** Where a path really is, and what is there; links are followed only as long as they stay inside. */
  const at = (path: string): { real: string; stat: Stats } | Unreadable => {
    const found = look(path);
    if (found === 'unreadable') denied.add(path);
    return found;
  };
  const look = (path: string): { real: string; stat: Stats } | Unreadable => {
    if (path === '') return { real: root, stat: statSync(root) };
    if (path.length > 2 * MAX_DEPTH && path.split('/').length > MAX_DEPTH) return 'missing';
    const folder = folderAt(dirname(path) === '.' ? '' : dirname(path));
    if (!isAbsolute(folder)) return folder as Unreadable;
    // `..` and the like are nobody's file names; resolving them is left to the system.
    const plain = join(folder, basename(path));
    const stat = /(?:^|\/)\.{1,2}(?:\/|$)|\0/.test(path) ? undefined : linkStat(plain);
    if (stat && !stat.isSymbolicLink()) return { real: plain, stat };
    const real = realPath(root, path);
    return isAbsolute(real) ? { real, stat: statSync(real) } : (real as Unreadable);
  };
  return {
    root,
    read(path) {
      const found = at(path);
      if (typeof found === 'string') return found;
      if (found.stat.isDirectory()) return 'folder';
      if (!found.stat.isFile()) return 'unreadable';
      if (found.stat.size > MAX_FILE_BYTES) return 'too-large';
      try {
        return readFileSync(found.real);
      } catch (error) {
        if (isDenied(error)) denied.add(path);
        return 'unreadable';
      }
    },
    kind: (path) => kindAt(at(path)),
    list(path) {
      const found = at(path);
      if (typeof found === 'string' || !found.stat.isDirectory()) return [];
      const entries = entriesOf(found.real);
      if (entries === 'denied') denied.add(path);
      return (entries === 'denied' ? [] : entries).map((entry) => ({
        name: entry.name,
        kind: entry.isSymbolicLink()
          ? (kindAt(at(path === '' ? entry.name : `${path}/${entry.name}`)) ?? 'other')
          : (kindOf(entry) ?? 'other'),
        isLink: entry.isSymbolicLink(),
      }));
    },
    denied,
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
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR')
      throw new UsageError(`cannot read the folder ${folder}: it is a file`);
    throw pathError('read', `the folder ${folder}`, error);
  }
}

/** A tree with some files changed (text) or removed (undefined) in memory: the workspace as it will be. */
export function overlayTree(base: FileTree, changes: ReadonlyMap<string, string | undefined>): FileTree {
  const added = new Map<string, Map<string, TreeEntry>>();
  for (const [path, text] of changes) {
    if (text === undefined) continue;
    const parts = path.split('/');
    parts.forEach((name, depth) => {
      const folder = parts.slice(0, depth).join('/');
      const kind = depth === parts.length - 1 ? 'file' : 'folder';
      const names = added.get(folder) ?? new Map<string, TreeEntry>();
      if (!names.has(name)) names.set(name, { name, kind, isLink: false });
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
      const fresh = new Map(added.get(path));
      for (const { name } of kept) fresh.delete(name);
      return fresh.size === 0 ? kept : [...kept, ...fresh.values()].sort(byName);
    },
    denied: base.denied,
  };
}

/** A path below the root with all links resolved, unless it leads out or nowhere. */
function realPath(root: string, path: string): string | Unreadable {
  if (path.includes('\0')) return 'missing';
  try {
    const real = realpathSync(join(root, path));
    return real === root || real.startsWith(root + sep) ? real : 'outside';
  } catch (error) {
    return isDenied(error) ? 'unreadable' : 'missing';
  }
}

/** What stands at a path, a link as such; undefined when nothing does or it cannot be asked. */
function linkStat(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    // A file on the way, or a name that is too long.
    return undefined;
  }
}

function kindAt(found: { readonly stat: Stats } | Unreadable): 'file' | 'folder' | undefined {
  return typeof found === 'string' ? undefined : kindOf(found.stat);
}

function entriesOf(folder: string): Dirent[] | 'denied' {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort(byName);
  } catch (error) {
    return isDenied(error) ? 'denied' : [];
  }
}

function isDenied(error: unknown): boolean {
  return /^E(?:ACCES|PERM)$/.test(String((error as NodeJS.ErrnoException).code));
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
