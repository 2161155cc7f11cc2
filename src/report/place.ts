import type { Location, SourceFile } from '../model/source-file.ts';
import { lineIndex, lineStarts } from './line-starts.ts';

/** A place as people and editors name it. Lines and columns begin at 1; columns count UTF-16 code units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where reports read the texts of files from. */
export interface FileLookup {
  /** A file of the tree; undefined when it was not read. */
  get(path: string): SourceFile | undefined;
}

/** Line and column of a location, from the text of its file. A file that was not read gives its first line. */
export function placeOf(at: Location, files: FileLookup): Place {
  const file = files.get(at.file);
  const range = at.range ?? (at.path && file?.rangeOf(at.path, at.key)) ?? { start: 0, end: 0 };
  const starts = file ? lineStarts(file) : [0];
  const start = lineAndColumn(starts, range.start);
  const end = lineAndColumn(starts, range.end);
  return { file: at.file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function lineAndColumn(starts: readonly number[], offset: number): { line: number; column: number } {
  const index = lineIndex(starts, offset);
  return { line: index + 1, column: offset - (starts[index] ?? 0) + 1 };
}
