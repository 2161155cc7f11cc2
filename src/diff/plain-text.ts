/**
 * A text as one line that shows what it says: line breaks become spaces, control characters and marks that turn the
 * direction of what follows are left out, and what is longer than `longest` is cut with a word about its length.
 */
export function oneLine(text: string, longest: number): string {
  return cut(printable(text).replace(/\s+/g, ' ').trim(), longest);
}

/** The same with white space as it is, for code. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}|\p{Cs}|\p{Bidi_Control}|[\u2060-\u2064\uFEFF]/gu, (char) =>
      char === '\n' || char === '\t' ? char : '',
    );
}

/** At most `longest` characters, and how many there are when some are left out. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Never half of a character.
  const start = text.slice(0, longest).replace(/\p{Cs}$/u, '');
  return `${start}… (${text.length.toLocaleString('en')} characters)`;
}
