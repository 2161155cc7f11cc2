import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { stringScalar } from './yaml-scalar.ts';

const STYLES = ['plain', 'single', 'double'] as const;
const VERSIONS = ['1.1', '1.2'] as const;

describe('a string reads back as the same string, as value, item and key, in either version of YAML', () => {
  test.each([
    '0456',
    'yes',
    'No',
    'y',
    '1e3',
    '1_000',
    '0x1f',
    '0o17',
    '.5',
    '.inf',
    '~',
    'null',
    'a: b',
    'a #b',
    'a:',
    ' a',
    'a ',
    '',
    '# a',
    '- a',
    '@a',
    '`a',
    '%a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '"a',
    "'a",
    '{a',
    '[a',
    'a, b',
    '$x',
    '${x}',
    '2001-01-01',
    '1:30',
    '=',
    '<<',
    '?',
    ': ',
    'line\nbreak',
    'tab\t',
    '\u0000',
    '\u0085',
    '\u2028',
    '\uFEFF',
    '😀',
    'ü',
    "it's",
    '"',
    '\\',
    '---',
    '...',
  ])('%j', (value) => {
    for (const style of STYLES) {
      const written = stringScalar(value, style);
      for (const version of VERSIONS) {
        expect(parse(`k: ${written} # c\n`, { version })).toEqual({ k: value });
        expect(parse(`- ${written}\n`, { version })).toEqual([value]);
        expect(parse(`{k: ${written}, l: [${written}]}\n`, { version })).toEqual({ k: value, l: [value] });
        expect(parse(`${written}: 1\n`, { version })).toEqual({ [value]: 1 });
        expect(parse(`{${written}: 1}\n`, { version })).toEqual({ [value]: 1 });
      }
    }
  });
});

test.each(['prometheus', 'two words', '15s', '500ms', 'http://loki:3100/a', '$x', 'uid_1-a', 'ünï'])(
  '%j needs no quotes',
  (value) => {
    expect(stringScalar(value, 'plain')).toBe(value);
  },
);

test('the wished quotes are taken where they can hold the string', () => {
  expect(stringScalar("it's", 'single')).toBe("'it''s'");
  expect(stringScalar('a\nb', 'single')).toBe('"a\\nb"');
  expect(stringScalar('say "x"', 'double')).toBe('"say \\"x\\""');
});

test('quotes that are needed are those of the file', () => {
  expect(stringScalar('yes', 'plain', 'single')).toBe("'yes'");
  expect(stringScalar('yes', 'plain')).toBe('"yes"');
});
