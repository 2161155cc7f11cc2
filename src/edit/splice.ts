/** One replacement in a text: the half-open span `[start, end)` of UTF-16 code units becomes `text`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text with all splices made; each speaks of the text as given. Splices at one place keep their order, an
 * insertion at the start of a removed span comes before it. Undefined when two overlap.
 */
export function applySplices(text: string, splices: readonly Splice[]): string | undefined {
  const ordered = splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let position = 0;
  for (const splice of ordered) {
    if (splice.start < position) return undefined;
    result += text.slice(position, splice.start) + splice.text;
    position = splice.end;
  }
  return result + text.slice(position);
}
