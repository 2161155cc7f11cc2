import type { Location, TextRange } from '../model/source-file.ts';
import type { WorkspaceFiles } from '../model/workspace.ts';

/** The place of a span of a text that stands as a string in a JSON file; that of the whole text where it does not. */
export function placeInText(files: WorkspaceFiles, at: Location, text: string, span: TextRange): Location {
  const file = files.get(at.file);
  if (file?.format !== 'json' || !at.path) return at;
  const { start, end } = file.rangeOf(at.path);
  const literal = file.text.slice(start, end);
  if (!literal.startsWith('"')) return at;
  const offsets = escapedOffsets(literal);
  if (offsets.length !== text.length + 1) return at;
  const placeOf = (index: number) => start + (offsets[Math.min(index, text.length)] ?? 0);
  return { ...at, range: { start: placeOf(span.start), end: placeOf(span.end) } };
}

/** Where each character of a JSON string stands in its literal, and where it ends. */
function escapedOffsets(literal: string): readonly number[] {
  const offsets: number[] = [];
  let at = 1;
  while (at < literal.length - 1) {
    offsets.push(at);
    if (literal[at] !== '\\') at += 1;
    else at += literal[at + 1] === 'u' ? 6 : 2;
  }
  offsets.push(literal.length - 1);
  return offsets;
}
