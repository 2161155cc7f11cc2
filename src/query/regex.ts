/** Whether a value matches, or why that cannot be told. */
export type RegexTest = ((value: string) => boolean) | 'malformed' | 'unknown';

/** RE2 syntax that JavaScript does not have, or reads otherwise. */
const OF_RE2_ONLY =
  /\(\?(?![:is)])|\(\?P|\[\[:|\\[AaCpPQzZ\d]|\[\^?\]|[*+?}]\+|\(\?[is]+(?!\)|[is])|.\(\?[is]/s;

const tests = new Map<string, RegexTest>();

/** Reads a matcher's regular expression, which must match the whole value. What JavaScript reads otherwise is unknown. */
export function regexTest(source: string): RegexTest {
  const known = tests.get(source);
  if (known) return known;
  const test = readTest(source);
  tests.set(source, test);
  return test;
}

function readTest(source: string): RegexTest {
  if (OF_RE2_ONLY.test(source)) return 'unknown';
  const ignoresCase = /^\(\?[is]*i[is]*\)/.test(source);
  const plain = source.replace(/^\(\?[is]+\)/, '');
  try {
    const regex = new RegExp(`^(?:${plain})$`, ignoresCase ? 'si' : 's');
    return (value) => regex.test(value);
  } catch {
    // Both engines agree on these; what else JavaScript refuses may be right in RE2.
    return /^[^\\[]*$/.test(plain) && isUnbalanced(plain) ? 'malformed' : 'unknown';
  }
}

function isUnbalanced(source: string): boolean {
  return source.split('(').length !== source.split(')').length || /^[*+?]/.test(source);
}

/** The values of a regular expression that is nothing but literal alternatives: `a|b`; undefined for any other. */
export function literalAlternatives(source: string): readonly string[] | undefined {
  return /^[^\\.+*?()[\]{}^$]*$/.test(source) ? source.split('|') : undefined;
}
