/**
 * Text of users inside HTML inside Markdown, so that GitHub shows it and nothing more: no markup, no links, no mentions,
 * no references. Every sign is written as its character code, which Markdown does not read as markup; what GitHub finds
 * in the finished page (`@name`, `#1`, addresses, `:emoji:`) is parted by a character without width.
 */
export function escapeMarkdown(text: string): string {
  return encode(
    text
      .replace(/[@#]/g, `$&${NO_WIDTH}`)
      .replace(/:(?=[\w+-]+:)/g, `$&${NO_WIDTH}`)
      .replace(/:(?=\/\/)/g, `$&${NO_WIDTH}`)
      .replace(/\bwww(?=\.)/gi, `$&${NO_WIDTH}`)
      .replace(/\bGH(?=-\d)/gi, `$&${NO_WIDTH}`),
  );
}

/** The same inside `<code>`, where GitHub looks for none of these, so that it can be copied as it is. */
export function escapeCode(text: string): string {
  return encode(text);
}

const NO_WIDTH = '\u200B';

function encode(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N} ]/gu, (char) => `&#${char.codePointAt(0)};`);
}
