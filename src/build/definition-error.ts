import type { Finding } from '../model/finding.ts';
import type { Location, TextRange } from '../model/source-file.ts';

/** What can be wrong with a definition before there is any JSON that a rule could look at. */
export type DefinitionErrorId =
  | 'definition-type-error'
  | 'definition-failed'
  | 'dashboard-uid-duplicate'
  | 'folder-without-provider'
  | 'generated-file-in-the-way'
  | 'generated-lock-invalid';

/** A finding that no rule makes: the build's own. It fails the build as one of severity load does. */
export function definitionError(rule: DefinitionErrorId, message: string, at: Location): Finding {
  return { rule, severity: 'load', message, at, related: [] };
}

/** The span of a line from a 1-based line and column; the rest of the line when no length is known. */
export function rangeAt(text: string, line: number, column: number): TextRange {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  start = Math.min(start + column - 1, text.length);
  const word = /^[\w$]+|^(['"`])[^'"`\n]*\1/.exec(text.slice(start))?.[0].length ?? 1;
  return { start, end: Math.min(start + word, text.length) };
}
