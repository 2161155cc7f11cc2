/**
 * Text of users inside HTML inside Markdown, so that GitHub shows it and nothing more: no markup, no links, no mentions,
 * no references. Signs are written as character codes, which Markdown does not read as markup; what GitHub finds in the
 * finished page (`@name`, `#1`, addresses, `:emoji:`) is parted by a character without width.
 */
export function escapeMarkdown(text: string): string {
  return encode(
    text
      .replace(/[@#]/g, `$&${NO_WIDTH}`)
      .replace(/:(?=[\w+-]+:|\/\/)/g, `$&${NO_WIDTH}`)
      .replace(/www(?=\.)/gi, `$&${NO_WIDTH}`)
      .replace(/GH(?=-\d)/gi, `$&${NO_WIDTH}`),
  );
}

/** The same inside `<code>`, where GitHub looks for addresses only; what is copied from there is the text as it was. */
export function escapeCode(text: string): string {
  return encode(text).replace(/&#64;|&#58;(?=\/\/)|www(?=\.)/gi, '$&<!-- -->');
}

const NO_WIDTH = '\u200B';

/** Letters, digits and what means nothing to Markdown inside a line stay, so that comments stay short. */
function encode(text: string): string {
  return text.replace(
    /:(?! )|[^\p{L}\p{M}\p{N} ,.;:()/\-+="'%?{}→×]/gu,
    (char) => `&#${char.codePointAt(0)};`,
  );
}
