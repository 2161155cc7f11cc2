import { describe, expect, it } from 'vitest';
import { fixtureCatalogue } from './fixture-catalogue.ts';
import { type LabelMatcher, matches, matchesNot, metrics, noneOf, not, oneOf, variable } from './index.ts';
import { printMatcher } from './matcher.ts';

const m = metrics(fixtureCatalogue);

describe('a label matcher', () => {
  it.each<[string, LabelMatcher<string>, string]>([
    ['a value', 'fair', 'x="fair"'],
    ['a value with a quote and a backslash', 'a"b\\c', 'x="a\\"b\\\\c"'],
    ['a value with line breaks', 'a\r\nb', 'x="a\\r\\nb"'],
    ['a value with the replacement character', 'a\ufffd', 'x="a\\ufffd"'],
    ['an empty value', '', 'x=""'],
    ['a variable', variable('die'), 'x="$die"'],
    ['a variable with a format', variable('die', 'regex'), 'x="${die:regex}"'],
    ['another value', not('fair'), 'x!="fair"'],
    ['another value than that of a variable', not(variable('die')), 'x!="$die"'],
    ['one of several', oneOf('a', 'b'), 'x=~"a|b"'],
    ['one of one', oneOf('a'), 'x="a"'],
    [
      'one of several with signs that mean something in a regular expression',
      oneOf('a.b', 'c|d'),
      'x=~"a\\\\.b|c\\\\|d"',
    ],
    ['none of several', noneOf('a', 'b'), 'x!~"a|b"'],
    ['none of one', noneOf('a'), 'x!="a"'],
    ['a pattern', matches(/5../), 'x=~"5.."'],
    ['a pattern as text', matches('5..'), 'x=~"5.."'],
    ['a pattern with backslash', matches(/\d+/), 'x=~"\\\\d+"'],
    ['a pattern with slashes', matches(/\/roll\/.*/), 'x=~"/roll/.*"'],
    ['a pattern with an escaped backslash before a slash', matches(/\\\//), 'x=~"\\\\\\\\/"'],
    ['a pattern that ignores case', matches(/get/i), 'x=~"(?i)get"'],
    ['a pattern from a variable of several values', matches(variable('die')), 'x=~"$die"'],
    ['what does not match', matchesNot(/5../), 'x!~"5.."'],
  ])('prints %s', (_name, matcher, text) => {
    expect(printMatcher('x', matcher)).toBe(text);
  });

  it('puts a label name that is no plain name in quotes', () => {
    expect(printMatcher('http.route', '/roll')).toBe('"http.route"="/roll"');
  });

  it.each([
    [/(?=a)b/, '(?='],
    [/(?<!a)b/, '(?<!'],
    [/(a)\1/, '\\1'],
    [/\u0041/, '\\u'],
  ])('refuses %s, which Prometheus would not take', (pattern, foreign) => {
    expect(() => matches(pattern)).toThrow(
      `matches(${pattern}): Prometheus' regular expressions (RE2) do not know ${foreign}`,
    );
  });

  it('refuses flags that cannot be printed', () => {
    expect(() => matchesNot(/a/g)).toThrow(
      'matchesNot(/a/g): expected no flag but i, which prints (?i); found g',
    );
  });
});

describe('where', () => {
  it('keeps the order in which the labels are written', () => {
    expect(m.async_rolls_total.where({ result: 'error', die_type: 'fair' }).text).toBe(
      'async_rolls_total{result="error",die_type="fair"}',
    );
  });

  it('narrows what an earlier where selected, without changing it', () => {
    const errors = m.async_rolls_total.where({ result: 'error' });
    expect(errors.where({ die_type: not('fair') }).where({ die_type: not('risky') }).text).toBe(
      'async_rolls_total{result="error",die_type!="fair",die_type!="risky"}',
    );
    expect(errors.text).toBe('async_rolls_total{result="error"}');
  });

  it('refuses an undefined value, which would select every series', () => {
    expect(() => m.async_rolls_total.where({ die_type: undefined })).toThrow(
      'async_rolls_total.where: label die_type is undefined; expected a value or a comparison',
    );
  });
});

describe('variable', () => {
  it('refuses a name with a dollar sign', () => {
    expect(() => variable('$die')).toThrow(
      'variable("$die"): expected a variable\'s name of letters, digits and _, without $',
    );
  });
});
