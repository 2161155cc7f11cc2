import type { Location, SourceFile } from '../model/source-file.ts';

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
  const text = file?.text ?? '';
  const start = lineAndColumn(text, range.start);
  const end = lineAndColumn(text, range.end);
  return { file: at.file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}
