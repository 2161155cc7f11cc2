import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';

/**
 * The operations that writing a plan needs, synchronous and with absolute paths. Each throws Node's own error
 * (`code`: EACCES, EROFS, ENOSPC, …). A test hands in one that fails where it wants.
 */
export interface WritableFileSystem {
  /** What stands at the path itself, links not followed; undefined when nothing does. */
  readonly lookAt: (path: string) => FileFacts | undefined;
  /** The path with every symbolic link followed. */
  readonly realPath: (path: string) => string;
  readonly read: (path: string) => Uint8Array;
  /** Throws unless this process may write to the existing file. */
  readonly assertWritable: (path: string) => void;
  /** Makes a file that must not exist yet. */
  readonly create: (path: string, text: string) => void;
  readonly setMode: (path: string, mode: number) => void;
  readonly setOwner: (path: string, uid: number, gid: number) => void;
  readonly rename: (from: string, to: string) => void;
  readonly remove: (path: string) => void;
  readonly makeFolder: (path: string) => void;
  /** Removes an empty folder. */
  readonly removeFolder: (path: string) => void;
  readonly list: (folder: string) => readonly string[];
}

/** What a file system says of one path. */
export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** The permission bits, as `chmod` takes them. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** The disk. */
export const disk: WritableFileSystem = {
  lookAt: (path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    const kind = stats.isFile()
      ? 'file'
      : stats.isDirectory()
        ? 'folder'
        : stats.isSymbolicLink()
          ? 'link'
          : 'other';
    return { kind, mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid };
  },
  realPath: (path) => realpathSync.native(path),
  read: (path) => readFileSync(path),
  assertWritable: (path) => accessSync(path, constants.W_OK),
  create: (path, text) => writeFileSync(path, text, { flag: 'wx' }),
  setMode: (path, mode) => chmodSync(path, mode),
  setOwner: (path, uid, gid) => chownSync(path, uid, gid),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => unlinkSync(path),
  makeFolder: (path) => mkdirSync(path),
  removeFolder: (path) => rmdirSync(path),
  list: (folder) => readdirSync(folder),
};
