import { expect, it } from 'vitest';
import { interpolate, type VariableValue } from './interpolate.ts';

const variables = new Map<string, VariableValue>([
  ['job', { values: ['dice.roller'], isMany: false, isVerbatim: false }],
  ['die', { values: ['fair', 'a.b'], isMany: true, isVerbatim: false }],
  ['one', { values: ['a.b'], isMany: true, isVerbatim: false }],
  ['all', { values: ['.*'], isMany: true, isVerbatim: true }],
]);

it.each([
  ['up{job="$job"}', 'promql', 'up{job="dice.roller"}'],
  ['up{die=~"${die}"}', 'promql', 'up{die=~"(fair|a\\\\.b)"}'],
  ['up{die=~"[[one]]"}', 'promql', 'up{die=~"a\\\\.b"}'],
  ['up{die=~"$all"}', 'promql', 'up{die=~".*"}'],
  ['{die=~"$die"}', 'logql', '{die=~"fair|a\\\\.b"}'],
  ['${die:csv} ${die:pipe} ${die:regex} ${job:raw}', 'unknown', 'fair,a.b fair|a.b (fair|a\\.b) dice.roller'],
  ['$nobody ${nobody:csv} $__interval', 'promql', '$nobody ${nobody:csv} $__interval'],
] as const)('puts values into %s as %s', (text, language, expected) => {
  expect(interpolate(text, variables, language)).toBe(expected);
});
