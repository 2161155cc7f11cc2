import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { PlannedFile } from '../model/write-plan.ts';
import type { FileFacts, WritableFileSystem } from './writable-file-system.ts';
import { WriteError, type WriteErrorCode } from './write-error.ts';

/** A file of a plan and where on the disk it stands, links followed. */
export interface WriteTarget {
  readonly file: PlannedFile;
  /** The absolute path to write to or, for a file that shall be gone, to remove. */
  readonly at: string;
  /** What stands there now; undefined when nothing does. */
  readonly facts: FileFacts | undefined;
  /** Folders to make first, outermost first. */
  readonly missingFolders: readonly string[];
}

/**
 * Finds where a planned file stands and assures that it may be written: inside the root (a link is followed, and so
 * are the folders above it), a plain file, not read-only, and byte for byte what it was when the plan was made.
 * Throws `WriteError`, or the file system's own error.
 */
export function writeTarget(
  root: string,
  file: PlannedFile,
  fs: WritableFileSystem,
  known: KnownFolders = new Map(),
): WriteTarget {
  const named = resolve(root, file.path);
  if (!isBelow(resolve(root), named)) throw refusal(file, 'outside-root', `it is outside of ${root}`);
  const realRoot = fs.realPath(root);
  const place = known.get(dirname(named)) ?? folderOf(named, realRoot, file, fs);
  known.set(dirname(named), place);
  const { folder, missingFolders } = place;
  const entry = join(folder, basename(named));
  const entryFacts = fs.lookAt(entry);
  const isLink = entryFacts?.kind === 'link';
  const real = isLink ? follow(entry, realRoot, file, fs) : entry;
  const facts = isLink ? fs.lookAt(real) : entryFacts;
  assertUnchanged(file, real, facts, fs);
  return { file, at: file.after === undefined ? entry : real, facts, missingFolders };
}

/** Folders as they were found for other files of a plan, by the path that was named. */
export type KnownFolders = Map<string, Pick<WriteTarget, 'missingFolders'> & { readonly folder: string }>;

/** The real folder of the path; the part of it that does not exist yet is named as it will be. */
function folderOf(named: string, realRoot: string, file: PlannedFile, fs: WritableFileSystem) {
  const missing: string[] = [];
  let existing = dirname(named);
  while (fs.lookAt(existing) === undefined) {
    missing.unshift(basename(existing));
    existing = dirname(existing);
  }
  const start = follow(existing, realRoot, file, fs);
  const missingFolders = missing.map((_, index) => join(start, ...missing.slice(0, index + 1)));
  return { folder: join(start, ...missing), missingFolders };
}

function follow(path: string, realRoot: string, file: PlannedFile, fs: WritableFileSystem): string {
  const real = realPathOf(path, file, fs);
  if (real === realRoot || isBelow(realRoot, real)) return real;
  throw refusal(file, 'outside-root', `a symbolic link leads it to ${real}, outside of ${realRoot}`);
}

function realPathOf(path: string, file: PlannedFile, fs: WritableFileSystem): string {
  try {
    return fs.realPath(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    throw refusal(file, 'unfit', `${basename(path)} is a symbolic link to nothing`);
  }
}

function assertUnchanged(
  file: PlannedFile,
  at: string,
  facts: FileFacts | undefined,
  fs: WritableFileSystem,
) {
  if (facts === undefined) {
    if (file.before === undefined) return;
    throw refusal(file, 'changed', 'it is gone since it was read');
  }
  if (facts.kind !== 'file') {
    throw refusal(file, 'unfit', facts.kind === 'folder' ? 'it is a folder' : 'it is not a plain file');
  }
  if (file.before === undefined) throw refusal(file, 'changed', 'it exists already');
  // Root may write to a read-only file, and a rename never asks: the missing permission is somebody's word.
  if ((facts.mode & 0o222) === 0) throw refusal(file, 'denied', 'it is read-only');
  fs.assertWritable(at);
  const bytes = fs.read(at);
  if (Buffer.from(file.before).equals(bytes)) return;
  const isUtf16 = /^(?:fffe|feff)/.test(Buffer.from(bytes.subarray(0, 2)).toString('hex'));
  throw isUtf16 || Buffer.from(bytes).toString() === file.before
    ? refusal(file, 'unfit', 'its text is not UTF-8')
    : refusal(file, 'changed', 'it has changed since it was read');
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function refusal(file: PlannedFile, code: WriteErrorCode, words: string): WriteError {
  return new WriteError(code, file.path, `Cannot write ${file.path}: ${words}; nothing was changed.`);
}
