import { createScanner } from 'jsonc-parser';
import { isJson } from '../load/is-json.ts';

/** Kinds of tokens, as `jsonc-parser` numbers them; its own names are gone when it is compiled. */
const KIND = {
  closeBrace: 2,
  closeBracket: 4,
  comma: 5,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  blanks: 15,
  end: 17,
} as const;

/**
 * A text that is JSON but for comments and commas before a closing bracket, without these; every other character
 * stays. Undefined when more than that is wrong.
 */
export function repairedJson(text: string): string | undefined {
  const scanner = createScanner(text, false);
  let result = '';
  let comma: number | undefined;
  for (let kind: number = scanner.scan(); kind !== KIND.end; kind = scanner.scan()) {
    if (kind === KIND.lineComment || kind === KIND.blockComment) {
      result = withoutBlanks(result, text.slice(scanner.getTokenOffset() + scanner.getTokenLength()));
      continue;
    }
    const isClosing = kind === KIND.closeBrace || kind === KIND.closeBracket;
    if (isClosing && comma !== undefined) result = result.slice(0, comma) + result.slice(comma + 1);
    const isTrivia = kind === KIND.blanks || kind === KIND.lineBreak;
    if (!isTrivia) comma = kind === KIND.comma ? result.length : undefined;
    result += text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
  }
  if (/^\s*\/[/*]/.test(text)) result = result.trimStart();
  return isJson(result) && result !== text ? result : undefined;
}

/** A comment takes the blanks before it along and, where it had a line of its own, that line's beginning. */
function withoutBlanks(before: string, after: string): string {
  return /^[ \t]*(?:\r?\n|$)/.test(after) ? before.replace(/(?:\r?\n)?[ \t]*$/, '') : before;
}
