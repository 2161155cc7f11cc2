import { expect, test } from 'vitest';
import { envFile } from './env-file.ts';

test('reads names, quotes, comments and references', () => {
  const text = [
    '# a comment',
    'PLAIN=value # said why',
    'HASH=a#b',
    'export EXPORTED= spaced ',
    "SINGLE='$PLAIN # kept'",
    'DOUBLE="say \\"$PLAIN\\"\\n"',
    'REFERS=${PLAIN}-${NONE:-d}',
    'EMPTY=',
    '',
    'not a line',
  ].join('\r\n');
  expect(Object.fromEntries(envFile(text))).toEqual({
    PLAIN: 'value',
    HASH: 'a#b',
    EXPORTED: 'spaced',
    SINGLE: '$PLAIN # kept',
    DOUBLE: 'say "value"\n',
    REFERS: 'value-d',
    EMPTY: '',
  });
});

test('quotes go over several lines', () => {
  expect(envFile('A="one\ntwo"\nB=\'x\ny\'\nC=1').get('A')).toBe('one\ntwo');
  expect(envFile('A="one\ntwo"\nB=\'x\ny\'\nC=1').get('C')).toBe('1');
});

test('what is set outside is undefined, and what is given from outside counts', () => {
  expect(Object.fromEntries(envFile('A=$NONE\nB\nC=$GIVEN', new Map([['GIVEN', 'g']])))).toEqual({
    A: undefined,
    B: undefined,
    C: 'g',
  });
});
