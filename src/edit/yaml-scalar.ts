import { parse } from 'yaml';

/** How a string is written on one line. */
export type QuoteStyle = 'plain' | 'single' | 'double';

/**
 * A string as a YAML scalar on one line, in the wished style where the string can be read back from it, otherwise in
 * `fallback` quotes. Plain only when YAML 1.1 and 1.2 both read the same string: Go's parser stands between them.
 */
export function stringScalar(
  value: string,
  wish: QuoteStyle,
  fallback: 'single' | 'double' = 'double',
): string {
  const style = wish === 'plain' && !isPlainSafe(value) ? fallback : wish;
  switch (style) {
    case 'plain':
      return value;
    case 'single':
      return NEEDS_ESCAPES.test(value) ? doubleQuoted(value) : `'${value.replaceAll("'", "''")}'`;
    case 'double':
      return doubleQuoted(value);
    default:
      return style satisfies never;
  }
}

/** Deliberately narrow: letters first or a path (./x), no mark that means anything in YAML, or a duration (15s). */
const PLAIN = /^(?:(?:\.\.?\/|[\p{L}_/$])[\p{L}\p{N} _./@+:$%=()-]*|[1-9]\d*(?:ms|[smhdwMy]))$/u;

function isPlainSafe(value: string): boolean {
  if (!PLAIN.test(value) || /: |:$| $/.test(value)) return false;
  return parse(value, { version: '1.1' }) === value && parse(value, { version: '1.2' }) === value;
}

/** Control characters, lone surrogates, and separators that end a line. */
const NEEDS_ESCAPES = /[\p{Cc}\p{Cs}\u2028\u2029\uFEFF]/u;

/** JSON's escapes are YAML's too; what JSON leaves bare and YAML calls unprintable is escaped besides. */
function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
