import { expect, test } from 'vitest';
import { interpolate } from './interpolate.ts';
import { readMoment } from './time-range.ts';

const range = { from: 1_000_000, to: 1_900_000, timeZone: 'UTC' };
const variables = new Map([
  ['one', { values: ['a"b'], isMulti: false }],
  ['many', { values: ['x.y', 'z'], isMulti: true }],
  ['single', { values: ['x.y'], isMulti: true }],
]);

test.each([
  ['up{a="$one"}', 'up{a="a\\"b"}'],
  ['up{a=~"$many"}', 'up{a=~"(x\\\\.y|z)"}'],
  ['up{a=~"${single}"}', 'up{a=~"x\\\\.y"}'],
  ['${many:csv} ${many:pipe} [[single:raw]]', 'x.y,z x.y|z x.y'],
  ['rate(a[$__rate_interval]) $__interval $__range', 'rate(a[75s]) 60s 900s'],
  ['$unknown ${also}', '$unknown ${also}'],
])('%s becomes %s', (query, expected) => {
  expect(interpolate(query, variables, range, 60_000)).toBe(expected);
});

test.each([
  ['now-6h', '2026-03-04T05:08:09.000Z'],
  ['now/d', '2026-03-04T00:00:00.000Z'],
  ['now-1d/d', '2026-03-03T00:00:00.000Z'],
  ['2026-01-02', '2026-01-02T00:00:00.000Z'],
  ['2026-01-02 03:04', '2026-01-02T03:04:00.000Z'],
  ['1767225600000', '2026-01-01T00:00:00.000Z'],
])('%s is the moment %s', (text, expected) => {
  const now = Date.UTC(2026, 2, 4, 11, 8, 9);
  expect(new Date(readMoment(text, now) ?? Number.NaN).toISOString()).toBe(expected);
});

test('what is no moment is none', () => {
  expect(readMoment('yesterday', 0)).toBeUndefined();
  expect(readMoment('now-', 0)).toBeUndefined();
});
