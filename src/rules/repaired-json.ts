import { createScanner, SyntaxKind } from 'jsonc-parser';

/**
 * A text that is JSON but for comments and commas before a closing bracket, without these; every other character
 * stays. Undefined when more than that is wrong.
 */
export function repairedJson(text: string): string | undefined {
  const scanner = createScanner(text, false);
  let result = '';
  let comma: number | undefined;
  for (let kind = scanner.scan(); kind !== SyntaxKind.EOF; kind = scanner.scan()) {
    if (kind === SyntaxKind.LineCommentTrivia || kind === SyntaxKind.BlockCommentTrivia) {
      result = withoutBlanks(result, text.slice(scanner.getTokenOffset() + scanner.getTokenLength()));
      continue;
    }
    const isClosing = kind === SyntaxKind.CloseBraceToken || kind === SyntaxKind.CloseBracketToken;
    if (isClosing && comma !== undefined) result = result.slice(0, comma) + result.slice(comma + 1);
    const isTrivia = kind === SyntaxKind.Trivia || kind === SyntaxKind.LineBreakTrivia;
    if (!isTrivia) comma = kind === SyntaxKind.CommaToken ? result.length : undefined;
    result += text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
  }
  return isJson(result) && result !== text ? result : undefined;
}

/** A comment takes the blanks before it along and, where it had a line of its own, that line's beginning. */
function withoutBlanks(before: string, after: string): string {
  return /^[ \t]*(?:\r?\n|$)/.test(after) ? before.replace(/(?:\r?\n)?[ \t]*$/, '') : before;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
