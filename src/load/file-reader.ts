import { isUtf8 } from 'node:buffer';
import type { SourceFile } from '../model/source-file.ts';
import type { OlderFact, WorkspaceFiles } from '../model/workspace.ts';
import { type ChangeTest, changedFiles } from './changed-files.ts';
import type { FileTree } from './file-tree.ts';
import { fileHistory } from './git-history.ts';
import { sourceFile } from './source-file.ts';
import { decodeUnicode } from './tree-files.ts';

/** Reads and parses a file of a tree, once; undefined when it cannot be read. */
export type FileReader = (path: string) => SourceFile | undefined;

/** Parsed files by path: of a tree, or of what it was before. */
export type ParsedFiles = Map<string, SourceFile>;

/** A reader that remembers what it has read. A file whose text is as in `parsed` is not parsed again. */
export function fileReader(tree: FileTree, parsed: ParsedFiles = new Map()): FileReader {
  const read = new Map<string, SourceFile | undefined>();
  return (path) => {
    if (!read.has(path)) {
      const bytes = tree.read(path);
      read.set(path, typeof bytes === 'string' ? undefined : fileOf(path, bytes, parsed));
    }
    return read.get(path);
  };
}

/** YAML may be in UTF-16 and must not be in anything else but UTF-8; JSON is read as UTF-8 whatever it is. */
function fileOf(path: string, bytes: Buffer, parsed: ParsedFiles): SourceFile {
  if (!/\.ya?ml$/i.test(path)) return parsedOnce(path, bytes.toString('utf8'), parsed);
  const text = decodeUnicode(bytes);
  const file = parsedOnce(path, text, parsed);
  const start = text.indexOf('\uFFFD');
  if (start === -1 || isUtf8(bytes)) return file;
  const error = { message: 'the file is not UTF-8', range: { start, end: start + 1 } };
  return { ...file, value: undefined, syntaxErrors: [error] };
}

/** A file of this text, parsed unless `parsed` has it already, and kept there. */
export function parsedOnce(path: string, text: string, parsed: ParsedFiles): SourceFile {
  const known = parsed.get(path);
  if (known?.text === text) return known;
  const file = sourceFile(path, text);
  parsed.set(path, file);
  return file;
}

/** The view of a tree that rules get. Git is asked once a rule wants to know what a file was before. */
export function workspaceFiles(tree: FileTree, read: FileReader): WorkspaceFiles {
  const known = new Map<unknown, Map<string, readonly OlderFact<unknown>[]>>();
  let isChanged: ChangeTest | undefined;
  return {
    get: read,
    history<T>(path: string, fact: (file: SourceFile) => T): readonly OlderFact<T>[] {
      // Most files have one text: which have more is asked once for all of them.
      isChanged ??= tree.kind('.git') === undefined ? () => false : changedFiles(tree.root);
      const bytes = tree.read(path);
      if (typeof bytes === 'string' || !isChanged(path, bytes)) return [];
      const ofFact = (known.get(fact) ?? new Map()) as Map<string, readonly OlderFact<T>[]>;
      known.set(fact, ofFact);
      const facts =
        ofFact.get(path) ??
        fileHistory(tree.root, path).map(({ commit, date, text }) => ({
          commit,
          date,
          fact: fact(sourceFile(path, text)),
        }));
      ofFact.set(path, facts);
      return facts;
    },
    kind: (path) => tree.kind(path),
    list: (path) => tree.list(path).map(({ name }) => name),
  };
}
