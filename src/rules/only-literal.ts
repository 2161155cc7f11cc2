import type { TextRange } from '../model/source-file.ts';

/** The span of a string literal when the text has it exactly once. */
export function onlyLiteral(text: string, literal: string): TextRange | undefined {
  const spans = ["'", '"', '`'].flatMap((quote) => {
    const quoted = `${quote}${literal.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
    const first = text.indexOf(quoted);
    return first < 0 || text.indexOf(quoted, first + 1) >= 0
      ? []
      : [{ start: first, end: first + quoted.length }];
  });
  return spans.length === 1 ? spans[0] : undefined;
}
