/** Control characters (line ends and tabs apart) and marks that turn the direction of text. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * A text of a stranger's file, with `\uFFFD` for what would command a terminal or hide something from a reader; the
 * length stays.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, '\uFFFD');
}

/** The same for what is one line: a name with a line end in it would look like two. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll('\n', '\uFFFD');
}
