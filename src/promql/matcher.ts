import { labelName, quoteText } from './quote.ts';
import { isVariable, type Variable } from './variable.ts';

declare const matchedValues: unique symbol;

/** How a label is compared: an operator and the text behind it. `Values` are the values it names. */
export interface Comparison<out Values extends string> {
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly operand: string;
  /** Only in the type: carries the values. */
  readonly [matchedValues]: () => Values;
}

/** What a label can be compared with: one of its values, a dashboard variable, or a comparison. */
export type LabelMatcher<Values extends string> = Values | Variable | Comparison<Values>;

/** Any of these values: `oneOf('success', 'error')` prints `=~"success|error"`. */
export function oneOf<Value extends string>(first: Value, ...others: readonly Value[]): Comparison<Value> {
  return others.length === 0 ? comparison('=', first) : comparison('=~', alternatives([first, ...others]));
}

/** None of these values: `noneOf('success', 'error')` prints `!~"success|error"`. */
export function noneOf<Value extends string>(first: Value, ...others: readonly Value[]): Comparison<Value> {
  return others.length === 0 ? comparison('!=', first) : comparison('!~', alternatives([first, ...others]));
}

/** Any value but this one: `not('error')` prints `!="error"`. */
export function not<Value extends string>(value: Value | Variable): Comparison<Value> {
  return comparison('!=', isVariable(value) ? value.text : value);
}

/**
 * Values that match the whole regular expression: `matches(/5../)` prints `=~"5.."`. A variable that holds several
 * values goes here: `matches(variable('die_type'))`.
 *
 * @throws SyntaxError for what JavaScript knows and Prometheus' regular expressions (RE2) do not
 */
export function matches(pattern: RegExp | string | Variable): Comparison<never> {
  return comparison('=~', patternText('matches', pattern));
}

/** Values that do not match the regular expression: `matchesNot(/5../)` prints `!~"5.."`. Throws as `matches` does. */
export function matchesNot(pattern: RegExp | string | Variable): Comparison<never> {
  return comparison('!~', patternText('matchesNot', pattern));
}

/** A matcher as it stands in a selector: `die_type="fair"`. */
export function printMatcher(label: string, matcher: LabelMatcher<string>): string {
  const name = labelName(label);
  if (typeof matcher === 'string') return `${name}=${quoteText(matcher)}`;
  if (isVariable(matcher)) return `${name}=${quoteText(matcher.text)}`;
  return `${name}${matcher.operator}${quoteText(matcher.operand)}`;
}

function comparison<Values extends string>(
  operator: Comparison<Values>['operator'],
  operand: string,
): Comparison<Values> {
  return { operator, operand } as Comparison<Values>;
}

function alternatives(values: readonly string[]): string {
  return values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
}

function patternText(caller: string, pattern: RegExp | string | Variable): string {
  if (typeof pattern === 'string') return pattern;
  if (isVariable(pattern)) return pattern.text;
  const foreign = /\(\?<?[=!]|\\[1-9kuc]/.exec(pattern.source)?.[0];
  if (foreign !== undefined) {
    throw new SyntaxError(
      `${caller}(${pattern}): Prometheus' regular expressions (RE2) do not know ${foreign}`,
    );
  }
  const flags = pattern.flags.replace(/[isu]/g, '');
  if (flags !== '') {
    throw new SyntaxError(`${caller}(${pattern}): expected no flag but i, which prints (?i); found ${flags}`);
  }
  // RegExp writes every slash as \/, which no one writes in PromQL.
  const source = pattern.source.replace(/\\([\s\S])/g, (pair, character) => (character === '/' ? '/' : pair));
  return pattern.flags.includes('i') ? `(?i)${source}` : source;
}
