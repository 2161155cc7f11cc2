import { expect, test } from 'vitest';
import type { Series } from '../model.ts';
import { rowPlaces, type SpanOptions, shortestStep, spansOf } from './timeline-rows.ts';

const seriesOf = (
  values: readonly (number | null)[],
  times = values.map((_, index) => 10 * index),
): Series => ({
  ...{ refId: 'A', name: 'a', labels: {} },
  times,
  values,
});
const OPTIONS: SpanOptions = {
  end: 60,
  step: 10,
  keyOf: (value) => value,
  isMerged: true,
  isState: (value) => value !== null,
  spanNulls: 0,
};
const spans = (series: Series, options: Partial<SpanOptions> = {}) =>
  spansOf(series, { ...OPTIONS, ...options }).map(({ from, to, value }) => [from, to, value]);

test('a state lasts until the next value, and equal values after each other are one state', () => {
  expect(spans(seriesOf([1, 1, 0, 1, 1, 1, 1]))).toEqual([
    [0, 20, 1],
    [20, 30, 0],
    [30, 60, 1],
  ]);
  expect(spans(seriesOf([1, 1, 0]), { isMerged: false, end: 30 })).toEqual([
    [0, 10, 1],
    [10, 20, 1],
    [20, 30, 0],
  ]);
});

test('what makes values equal can be something else, such as the threshold that they reach', () => {
  const keyOf = (value: number | null) => (value ?? 0) >= 80;
  expect(spans(seriesOf([10, 20, 90, 95]), { keyOf, end: 40 })).toEqual([
    [0, 20, 10],
    [20, 40, 90],
  ]);
});

test('null ends a state, and so does a value that never came', () => {
  expect(spans(seriesOf([1, null, 1]), { end: 30 })).toEqual([
    [0, 10, 1],
    [20, 30, 1],
  ]);
  expect(spans(seriesOf([1, 1, 1], [0, 10, 50]))).toEqual([
    [0, 20, 1],
    [50, 60, 1],
  ]);
});

test('gaps that the panel bridges do not end a state', () => {
  expect(spans(seriesOf([1, null, null, 1]), { spanNulls: Number.POSITIVE_INFINITY, end: 40 })).toEqual([
    [0, 40, 1],
  ]);
  expect(spans(seriesOf([1, 1], [0, 25]), { spanNulls: 30, end: 35 })).toEqual([[0, 35, 1]]);
});

test('the last state ends with the range, or one step after its value where data ended before', () => {
  expect(spans(seriesOf([1, 2]), { end: 15 })).toEqual([
    [0, 10, 1],
    [10, 15, 2],
  ]);
  expect(spans(seriesOf([1]))).toEqual([[0, 10, 1]]);
  expect(spans(seriesOf([1]), { step: Number.POSITIVE_INFINITY })).toEqual([[0, 60, 1]]);
  expect(spans(seriesOf([]))).toEqual([]);
});

test('the step is the shortest time between two values, none where there is one value', () => {
  expect(shortestStep([seriesOf([1, 1, 1], [0, 30, 45]), seriesOf([1])])).toBe(15);
  expect(shortestStep([seriesOf([1]), seriesOf([])])).toBe(Number.POSITIVE_INFINITY);
});

test('rows reach from edge to edge with equal space between them', () => {
  expect(rowPlaces(3, 100, 0.9)).toEqual([
    { y: 0, height: 30 },
    { y: 35, height: 30 },
    { y: 70, height: 30 },
  ]);
  expect(rowPlaces(1, 100, 0.9)).toEqual([{ y: 0, height: 90 }]);
  expect(rowPlaces(0, 100, 0.9)).toEqual([]);
});
