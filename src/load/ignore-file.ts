import picomatch from 'picomatch';
import type { TextRange } from '../model/source-file.ts';
import type { FileTree } from './file-tree.ts';
import { readText, treeFiles } from './tree-files.ts';

/** Where a tree says what is not to be reported: lines `path/glob rule: reason`, or `*` for the rule. */
export const IGNORE_FILE = '.panelproof-ignore';

/** What an ignore file says. */
export interface IgnoreFile {
  readonly entries: readonly IgnoreEntry[];
  /** Lines without a reason, or of another form: they ignore nothing. */
  readonly invalid: readonly TextRange[];
}

/** One line: findings of a rule in some files; `*` leaves the files out altogether. */
export interface IgnoreEntry {
  readonly rule: string;
  matches(path: string): boolean;
}

/** Reads the ignore file at the root of a tree; an empty one when there is none. */
export function readIgnoreFile(tree: FileTree): IgnoreFile {
  const entries: IgnoreEntry[] = [];
  const invalid: TextRange[] = [];
  let start = 0;
  for (const line of (readText(tree, IGNORE_FILE) ?? '').split('\n')) {
    const range = { start, end: start + line.trimEnd().length };
    start += line.length + 1;
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const match = /^\s*(\S+)\s+([a-z0-9-]+|\*)\s*:\s*(.*\S)\s*$/.exec(line);
    if (match) entries.push({ matches: picomatch(match[1] ?? '', { dot: true }), rule: match[2] ?? '' });
    else invalid.push(range);
  }
  return { entries, invalid };
}

/** Of the files of a tree those that the ignore file does not leave out altogether. */
export function filesToRead(tree: FileTree, files = treeFiles(tree)): readonly string[] {
  const leftOut = readIgnoreFile(tree).entries.filter(({ rule }) => rule === '*');
  return leftOut.length === 0 ? files : files.filter((path) => !leftOut.some((entry) => entry.matches(path)));
}
