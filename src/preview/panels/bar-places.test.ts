import { expect, test } from 'vitest';
import { type BarOptions, barPlaces, parts } from './bar-places.ts';

const OPTIONS: BarOptions = { groups: 2, groupWidth: 0.8, barWidth: 1, stacking: 'none' };

function places(fields: readonly (readonly (number | null)[])[], options: Partial<BarOptions> = {}) {
  const series = fields.map((values) => ({
    ...{ refId: 'A', name: 'a', labels: {}, values },
    times: values.map((_, index) => index),
  }));
  return barPlaces(series, { ...OPTIONS, ...options });
}

const heights = (fields: readonly (readonly (number | null)[])[], stacking: BarOptions['stacking']) =>
  places(fields, { stacking }).map(({ from, to }) => [from, to]);

test('groups reach from edge to edge, and bars stand beside each other in theirs', () => {
  expect(
    places([
      [1, 2],
      [3, 4],
    ]).map(({ start, size }) => [start, size]),
  ).toEqual([
    [0, 0.2],
    [0.6, 0.2],
    [0.2, 0.2],
    [0.8, 0.2],
  ]);
});

test('a group that is alone stands in the middle', () => {
  expect(parts(1, 0.5)).toEqual([{ start: 0.25, size: 0.5 }]);
  expect(parts(3, 0.75)).toEqual([0, 0.375, 0.75].map((start) => ({ start, size: 0.25 })));
});

test('stacked bars stand on each other, negative ones hang below each other', () => {
  expect(
    heights(
      [
        [10, -1],
        [5, 2],
        [1, -4],
      ],
      'normal',
    ),
  ).toEqual([
    [0, 10],
    [0, -1],
    [10, 15],
    [0, 2],
    [15, 16],
    [-1, -5],
  ]);
});

test('bars that are shares make up a whole, of what is above zero and what is below', () => {
  expect(
    heights(
      [
        [30, -1],
        [10, 3],
      ],
      'percent',
    ),
  ).toEqual([
    [0, 0.75],
    [0, -0.25],
    [0.75, 1],
    [0, 0.75],
  ]);
  expect(heights([[0]], 'percent')).toEqual([[0, 0]]);
});

test('what is no number has no bar, and neither has a value of no group', () => {
  expect(
    places([
      [null, Number.NaN],
      [Number.POSITIVE_INFINITY, -1e308],
      [1, 2, 3],
    ]),
  ).toHaveLength(2);
});
