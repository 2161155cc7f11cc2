import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { UsageError } from '../model/usage-error.ts';
import { type FileTree, MAX_FILE_BYTES, type TreeEntry } from './file-tree.ts';
import { blobTexts, type GitAnswer, runGit } from './run-git.ts';

/** A folder of a git repository on disk. */
export interface GitFolder {
  /** The folder itself, with links resolved. */
  readonly root: string;
  /** Path of it below the top of its repository; `''` at the top. */
  readonly below: string;
  /** Asks git there, hardened. */
  readonly run: (words: readonly string[], input?: string) => GitAnswer;
}

/** The folder as a commit has it. Files that `load` did not ask for are read one by one, which is slow. */
export interface GitTree extends FileTree {
  /** All files, by path. */
  readonly paths: readonly string[];
  /** Whether a file has these bytes, without reading it; undefined when there is no such file. */
  hasBytes(path: string, bytes: Buffer): boolean | undefined;
  /** Reads many files at once. */
  load(paths: readonly string[]): void;
}

/** Milliseconds for one call: large repositories on slow disks. */
const TIME_LIMIT = 60_000;
/** Bytes that are asked for in one call. */
const BATCH_BYTES = 32 * 1024 * 1024;

/**
 * The git repository that a folder belongs to.
 *
 * @throws UsageError when it belongs to none
 */
export function gitFolder(folder: string): GitFolder {
  const root = realpathSync(folder);
  let top = root;
  while (!existsSync(join(top, '.git'))) {
    if (dirname(top) === top)
      throw new UsageError(`${folder} is in no git repository: name two files or folders to compare`);
    top = dirname(top);
  }
  const ceiling = dirname(top);
  return {
    root,
    below: relative(top, root).split(sep).join('/'),
    run: (words, input = '') => runGit(root, words, { ceiling, input, timeLimit: TIME_LIMIT }),
  };
}

/**
 * The commit that a ref names; undefined when git knows none.
 *
 * @throws UsageError when git cannot be asked
 */
export function commitOf(git: GitFolder, ref: string): string | undefined {
  if (ref === '' || ref.includes('\0')) return undefined;
  const answer = git.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (answer.ok) return answer.stdout.toString().trim();
  if (/dubious ownership|not installed|took too long/.test(answer.why))
    throw new UsageError(`cannot ask git: ${answer.why}`);
  return undefined;
}

/**
 * The files of a commit below the folder.
 *
 * @throws UsageError when git cannot list them
 */
export function gitTree({ root, run }: GitFolder, commit: string): GitTree {
  const listing = run(['ls-tree', '-r', '-l', '-z', '--end-of-options', commit]);
  if (!listing.ok) throw new UsageError(`cannot list the files of ${commit}: ${listing.why}`);
  const blobs = new Map<string, Blob>();
  const folders = new Map<string, Map<string, TreeEntry>>([['', new Map()]]);
  for (const line of listing.stdout.toString().split('\0')) {
    const [, mode, hash, size, path] = /^(\d+) blob ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line) ?? [];
    if (hash === undefined || path === undefined) continue;
    blobs.set(path, { hash, size: Number(size), isLink: mode === '120000' });
  }
  for (const [path, { isLink }] of blobs) addEntries(folders, path, isLink);
  const texts = new Map<string, Buffer | undefined>();
  const load = (paths: readonly string[]) => {
    const wanted = [...new Set(paths.flatMap((path) => blobs.get(path) ?? []))].filter(
      ({ hash, size }) => !texts.has(hash) && size <= MAX_FILE_BYTES,
    );
    for (const batch of batches(wanted)) {
      const answer = run(['cat-file', '--batch'], batch.map(({ hash }) => `${hash}\n`).join(''));
      if (!answer.ok) throw new UsageError(`cannot read files of ${commit}: ${answer.why}`);
      const read = blobTexts(answer.stdout);
      for (const [index, { hash }] of batch.entries()) {
        const text = read[index];
        if (text === undefined)
          throw new UsageError(`cannot read a file of ${commit}: it was not fetched (a partial clone?)`);
        texts.set(hash, Buffer.from(text));
      }
    }
  };
  /** The path a link leads to, below the root; undefined when it leads out, nowhere or in a circle. */
  const follow = (path: string, depth = 0): string | undefined => {
    const blob = blobs.get(path);
    if (!blob?.isLink) return path;
    load([path]);
    const target = texts.get(blob.hash)?.toString() ?? '';
    const next = posix.normalize(posix.join(posix.dirname(path), target));
    if (target.startsWith('/') || next.startsWith('..') || depth > 10) return undefined;
    return follow(next, depth + 1);
  };
  const kind = (path: string) => {
    const real = follow(path);
    if (real === undefined) return undefined;
    if (blobs.has(real)) return 'file';
    return folders.has(real) ? 'folder' : undefined;
  };
  return {
    root,
    paths: [...blobs.keys()],
    kind,
    load,
    denied: new Set(),
    list: (path) =>
      [...(folders.get(path)?.values() ?? [])].map((entry) =>
        entry.isLink
          ? { ...entry, kind: kind(path === '' ? entry.name : `${path}/${entry.name}`) ?? 'other' }
          : entry,
      ),
    read(path) {
      const real = follow(path);
      if (real === undefined) return 'outside';
      const blob = blobs.get(real);
      if (!blob) return folders.has(real) ? 'folder' : 'missing';
      if (blob.size > MAX_FILE_BYTES) return 'too-large';
      load([real]);
      return texts.get(blob.hash) ?? 'unreadable';
    },
    hasBytes(path, bytes) {
      const real = follow(path);
      const blob = real === undefined ? undefined : blobs.get(real);
      if (!blob) return undefined;
      return blob.size === bytes.length && blob.hash === hashOf(bytes, blob.hash.length);
    },
  };
}

interface Blob {
  readonly hash: string;
  readonly size: number;
  readonly isLink: boolean;
}

function addEntries(folders: Map<string, Map<string, TreeEntry>>, path: string, isLink: boolean): void {
  const parts = path.split('/');
  parts.forEach((name, depth) => {
    const isLast = depth === parts.length - 1;
    const folder = parts.slice(0, depth).join('/');
    const entries = folders.get(folder) ?? new Map<string, TreeEntry>();
    if (!entries.has(name) || isLast)
      entries.set(name, { name, kind: isLast ? 'file' : 'folder', isLink: isLast && isLink });
    folders.set(folder, entries);
  });
}

function batches(blobs: readonly Blob[]): Blob[][] {
  const all: Blob[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const blob of blobs) {
    bytes += blob.size + 100;
    if (bytes > BATCH_BYTES) {
      all.push([]);
      bytes = blob.size;
    }
    all.at(-1)?.push(blob);
  }
  return all;
}

/** The name git gives to a file with these bytes: SHA-1, or SHA-256 in newer repositories. */
function hashOf(bytes: Buffer, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
