import type { SourceFile } from '../model/source-file.ts';

/**
 * The text of one property's object as a file of its own, its lines moved left by as much as they were nested; with
 * `uid`, that is put in as its first property. Undefined when the file's value cannot be taken apart.
 */
export function unwrapJson(file: SourceFile, key: string, uid?: string): string | undefined {
  const { start, end } = file.rangeOf([key]);
  const text = file.text.slice(start, end);
  if (!text.startsWith('{')) return undefined;
  const indent = /[^\n]*$/.exec(file.text.slice(0, start))?.[0].match(/^[ \t]*/)?.[0] ?? '';
  const lineEnd = file.text.includes('\r\n') ? '\r\n' : '\n';
  // A raw line break cannot stand in a JSON text, so every line begins between values.
  const moved = text
    .split(/\r?\n/)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join(lineEnd);
  return `${uid === undefined ? moved : withUid(moved, uid)}${lineEnd}`;
}

function withUid(text: string, uid: string): string {
  const space = /^\{(\s*)/.exec(text)?.[1] ?? '';
  const comma = /^\{\s*\}/.test(text) ? '' : ',';
  return `{${space}"uid": ${JSON.stringify(uid)}${comma}${space || ' '}${text.slice(1 + space.length)}`;
}
