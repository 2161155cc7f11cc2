import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { diskTree, type FileTree, openTree } from '../load/file-tree.ts';
import { type GitFolder, gitTree } from '../load/git-tree.ts';
import { IGNORE_FILE, readIgnoreFile } from '../load/ignore-file.ts';
import { sourceFile } from '../load/source-file.ts';
import { treeFiles } from '../load/tree-files.ts';
import { pathError, UsageError } from '../model/usage-error.ts';

/** One of the two states that are compared. */
export interface Side {
  /** What to call it: `origin/main at 1a2b3c4`, `the working tree`, a path. */
  readonly name: string;
  /** Paths of its files below its root. */
  readonly paths: readonly string[];
  /** The bytes of a file; undefined when there are none to be had. */
  read(path: string): Buffer | undefined;
  /** Makes reading these cheap. */
  load(paths: readonly string[]): void;
  /** Whether a file has these bytes, where that can be told without reading it. */
  readonly hasBytes?: (path: string, bytes: Buffer) => boolean;
}

/** A commit. */
export function commitSide(git: GitFolder, name: string, commit: string): Side {
  const tree = gitTree(git, commit);
  return {
    name,
    paths: visible(tree, tree.paths),
    load: tree.load,
    read: reader(tree),
    hasBytes: (path, bytes) => tree.hasBytes(path, bytes) ?? false,
  };
}

/** The files of a repository as they are on disk, those that git ignores left out. */
export function workingSide({ root, below, run }: GitFolder): Side {
  const tree = diskTree(root);
  const listing = run(['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  if (!listing.ok) throw new UsageError(`cannot list the files of the working tree: ${listing.why}`);
  const listed = [...new Set(listing.stdout.toString().split('\0'))];
  const paths = listed.filter((path) => path !== '' && tree.kind(path) === 'file');
  const name = below === '' ? 'the working tree' : `the working tree below ${below}/`;
  return diskSide(name, tree, visible(tree, paths));
}

/**
 * A file or a folder. A file is called `alias`, so that two files with different names can be the same dashboard.
 *
 * @throws UsageError when it cannot be read or does not parse
 */
export function pathSide(path: string, alias: string): Side {
  if (!existsSync(path)) throw new UsageError(`cannot read ${path}: there is none`);
  if (statSync(path).isDirectory()) {
    const tree = openTree(path);
    return diskSide(path, tree, visible(tree, treeFiles(tree)));
  }
  const file = basename(alias);
  const bytes = wholeFile(path);
  return { name: path, paths: [file], read: (asked) => (asked === file ? bytes : undefined), load() {} };
}

/** A file that is named is meant: in a folder, one that does not parse is just no dashboard. */
function wholeFile(path: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw pathError('read', path, error);
  }
  const [wrong] = sourceFile(path, bytes.toString('utf8')).syntaxErrors;
  if (wrong) throw new UsageError(`cannot compare ${path}: ${wrong.message}`);
  return bytes;
}

function diskSide(name: string, tree: FileTree, paths: readonly string[]): Side {
  return { name, paths, read: reader(tree), load() {} };
}

function reader(tree: FileTree): Side['read'] {
  return (path) => {
    const bytes = tree.read(path);
    return typeof bytes === 'string' ? undefined : bytes;
  };
}

/** Whether a file of a side has these bytes. */
export function hasBytes(side: Side, path: string, bytes: Buffer): boolean {
  return side.hasBytes?.(path, bytes) ?? side.read(path)?.equals(bytes) ?? false;
}

/** Without what the tree says is not meant to work: fixtures, examples. */
function visible(tree: FileTree, paths: readonly string[]): readonly string[] {
  if (tree.kind(IGNORE_FILE) !== 'file') return paths;
  const leftOut = readIgnoreFile(tree).entries.filter(({ rule }) => rule === '*');
  return leftOut.length === 0 ? paths : paths.filter((path) => !leftOut.some((entry) => entry.matches(path)));
}
