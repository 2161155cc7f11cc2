import type { Splice } from './splice.ts';

/** The column of an offset, from 0. */
export function columnOf(offset: number, text: string): number {
  return offset - lineStart(offset, text);
}

/** The offset at which the line of `offset` begins. */
export function lineStart(offset: number, text: string): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the next line begins; the end of the text in its last line. */
export function nextLine(offset: number, text: string): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** The line end of the file. */
export function endOfLine(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** New lines before the line that begins at `offset`; at the end of a text without final newline none is added. */
export function insertLines(offset: number, lines: readonly string[], text: string): Splice {
  const eol = endOfLine(text);
  const joined = lines.join(eol);
  const isOpen = offset === text.length && text !== '' && !text.endsWith('\n');
  return { start: offset, end: offset, text: isOpen ? `${eol}${joined}` : `${joined}${eol}` };
}

/** Takes whole lines away; the last line of a text without final newline takes the newline before it along. */
export function removeLines(start: number, end: number, text: string): Splice {
  const isOpen = end === text.length && !text.endsWith('\n');
  const from = isOpen ? text.slice(0, start).replace(/\r?\n$/, '').length : start;
  return { start: from, end, text: '' };
}
