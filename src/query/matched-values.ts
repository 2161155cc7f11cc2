import type { Matcher } from './promql-node.ts';
import { literalAlternatives, regexTest } from './regex.ts';

/** Whether a matcher takes a value; undefined when a variable or an unknown regular expression decides. */
export function takes({ op, value }: Matcher, candidate: string): boolean | undefined {
  if (value === undefined) return undefined;
  if (op === '=') return candidate === value;
  if (op === '!=') return candidate !== value;
  const test = regexTest(value);
  return typeof test === 'function' ? test(candidate) === (op === '=~') : undefined;
}

/** The values that all matchers together may take; a matcher that cannot be told refuses none. */
export function takenBy(matchers: readonly Matcher[], candidates: readonly string[]): readonly string[] {
  return candidates.filter((candidate) => matchers.every((matcher) => takes(matcher, candidate) !== false));
}

/** Whether a matcher asks for particular values: `=` or `=~` that refuses the empty one. */
export function isDemand(matcher: Matcher): boolean {
  return !matcher.op.startsWith('!') && takes(matcher, '') === false;
}

/** The values a matcher names one by one; undefined when it does not. */
export function namedValues({ op, value }: Matcher): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (op === '=') return [value];
  return op === '=~' ? literalAlternatives(value) : undefined;
}

/**
 * Why matchers of one label cannot hold together, whatever the series: the two that contradict each other, or the one
 * that nothing fulfils.
 */
export function contradiction(matchers: readonly Matcher[]): readonly Matcher[] | undefined {
  const hopeless = matchers.find(({ op, value }) => op === '!~' && (value === '.*' || value === '(.*)'));
  if (hopeless) return [hopeless];
  for (const matcher of matchers) {
    const values = namedValues(matcher);
    if (!values) continue;
    for (const other of matchers) {
      if (other === matcher || other.label !== matcher.label) continue;
      if (values.every((value) => takes(other, value) === false)) return [matcher, other];
    }
  }
  return undefined;
}
