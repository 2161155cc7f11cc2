import type { SampleSeries } from './sample-series.ts';

/** A value over time. */
export type Course = SampleSeries['at'];

function overWindow(reduce: (values: readonly number[]) => number): (at: Course, window: number) => Course {
  return (at, window) => (seconds) =>
    reduce(Array.from({ length: 9 }, (_, index) => at(seconds - (window * index) / 8)));
}

const perSecond =
  (at: Course, window: number): Course =>
  (seconds) =>
    (at(seconds) - at(seconds - window)) / window;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** A table whose own keys alone count: names come from queries. */
function functions<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T | undefined>> {
  return Object.assign(Object.create(null), entries);
}

/** Functions of a window: from a course and seconds to a course. */
export const WINDOWED = functions<(at: Course, window: number) => Course>({
  rate: perSecond,
  irate: (at) => perSecond(at, 30),
  deriv: perSecond,
  increase: (at, window) => (seconds) => at(seconds) - at(seconds - window),
  delta: (at, window) => (seconds) => at(seconds) - at(seconds - window),
  avg_over_time: overWindow((values) => sum(values) / values.length),
  max_over_time: overWindow((values) => Math.max(...values)),
  min_over_time: overWindow((values) => Math.min(...values)),
  sum_over_time: overWindow(sum),
  last_over_time: (at) => at,
  count_over_time: (_, window) => () => Math.round(window / 15),
  changes: () => () => 0,
  resets: () => () => 0,
});

/** Functions of one value. */
export const PLAIN = functions<(value: number) => number>({
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  round: Math.round,
  sqrt: Math.sqrt,
  sgn: Math.sign,
});

/** Aggregations. */
export const REDUCERS = functions<(values: readonly number[]) => number>({
  sum,
  avg: (values) => sum(values) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  count: (values) => values.length,
  group: () => 1,
});

/** Operators that calculate. */
export const ARITHMETIC = functions<(a: number, b: number) => number>({
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
});

/** Operators that filter. */
export const COMPARISON = functions<(a: number, b: number) => boolean>({
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
});
