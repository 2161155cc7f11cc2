import { expect, test } from 'vitest';
import { pieShares, pieSlices, slicePath, sortedByValue } from './pie-slices.ts';

const items = (...values: (number | null | undefined)[]) => values.map((value) => ({ value }));
const turns = (...values: (number | null | undefined)[]) =>
  pieSlices(items(...values)).map(({ from, to }) => [from, to].map((angle) => angle / (2 * Math.PI)));

test('slices follow each other from the top, each as wide as its part', () => {
  expect(turns(1, 2, 1)).toEqual([
    [0, 0.25],
    [0.25, 0.75],
    [0.75, 1],
  ]);
});

test('what is negative, zero or no number has no slice, and takes no place', () => {
  expect(turns(-5, 3, 0, Number.NaN, Number.POSITIVE_INFINITY, null, undefined, 1)).toEqual([
    [0, 0.75],
    [0.75, 1],
  ]);
  expect(turns()).toEqual([]);
  expect(turns(0, -1)).toEqual([]);
});

test('numbers whose sum is infinite still have their parts', () => {
  expect(turns(1e299, 9e299 / 3)).toEqual([
    [0, 0.25],
    [0.25, 1],
  ]);
});

test('a share is of the sum of all values, negative ones too; nothing has none', () => {
  expect(pieShares(items(10, -5, Number.NaN))).toEqual([2, -1, undefined]);
  expect(pieShares(items(0, 0))).toEqual([0, 0]);
  expect(pieShares(items(1, -1))).toEqual([undefined, undefined]);
});

test('the largest comes first unless the panel says otherwise, and what is no number last', () => {
  const values = items(2, Number.NaN, 3, undefined, Number.NEGATIVE_INFINITY, 1);
  const sorted = (sort: unknown) => sortedByValue(values, sort).map(({ value }) => value);
  const rest = [Number.NaN, undefined];
  expect(sorted(undefined)).toEqual([3, 2, 1, Number.NEGATIVE_INFINITY, ...rest]);
  expect(sorted('asc')).toEqual([Number.NEGATIVE_INFINITY, 1, 2, 3, ...rest]);
  expect(sorted('none')).toEqual(values.map(({ value }) => value));
});

test('a slice goes out to the middle, a part of a ring to its inner edge, and a whole is closed', () => {
  const place = { x: 10, y: 10, outer: 10, inner: 0 };
  const quarter = { from: 0, to: Math.PI / 2 };
  expect(slicePath(quarter, place)).toBe('M10 0A10 10 0 0 1 20 10L10 10Z');
  expect(slicePath(quarter, { ...place, inner: 5 })).toBe('M10 0A10 10 0 0 1 20 10L15 10A5 5 0 0 0 10 5Z');
  const whole = { from: 0, to: 2 * Math.PI };
  expect(slicePath(whole, place)).toBe('M10 0A10 10 0 0 1 10 20A10 10 0 0 1 10 0Z');
  expect(slicePath(whole, { ...place, inner: 5 })).toBe(
    'M10 0A10 10 0 0 1 10 20A10 10 0 0 1 10 0ZM10 5A5 5 0 0 0 10 15A5 5 0 0 0 10 5Z',
  );
});
