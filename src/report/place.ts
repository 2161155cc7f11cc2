import type { Location } from '../model/source-file.ts';
import type { Workspace } from '../model/workspace.ts';

/** A place as people and editors name it. Lines and columns begin at 1; columns count UTF-16 code units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Line and column of a location, from the text of its file. A file that was not read gives its first line. */
export function placeOf(at: Location, workspaces: readonly Workspace[]): Place {
  const file = fileOf(at, workspaces);
  const range = at.range ?? (at.path && file?.rangeOf(at.path, at.key)) ?? { start: 0, end: 0 };
  const text = file?.text ?? '';
  const start = lineAndColumn(text, range.start);
  const end = lineAndColumn(text, range.end);
  return { file: at.file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** The file that a location speaks of, as some workspace has read it. */
export function fileOf(at: Location, workspaces: readonly Workspace[]) {
  for (const workspace of workspaces) {
    const file = workspace.files.get(at.file);
    if (file) return file;
  }
  return undefined;
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}
