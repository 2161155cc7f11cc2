import { expect, test } from 'vitest';
import type { Panel } from '../../model/dashboard.ts';
import type { Series } from '../model.ts';
import { histogramOf, ownBuckets } from './histogram-buckets.ts';

const seriesOf = (values: readonly (number | null)[], labels = {}): Series => ({
  ...{ refId: 'A', name: 'a', labels, values },
  times: values.map((_, index) => index),
});

function counted(values: readonly (number | null)[], options = {}) {
  const { starts, size, counts } = histogramOf([seriesOf(values)], options);
  return {
    size,
    counts: Object.fromEntries(starts.map((start, index) => [start, counts[0]?.values[index]])),
  };
}

const upTo = (last: number, step = 1) => Array.from({ length: last / step + 1 }, (_, index) => index * step);

test('values are counted in buckets of the size that the panel says, from its offset on', () => {
  expect(counted([1, 2, 11, 25], { bucketSize: 10 })).toEqual({ size: 10, counts: { 0: 2, 10: 1, 20: 1 } });
  expect(counted([1, 2, 11, 25], { bucketSize: 10, bucketOffset: 2 })).toEqual({
    size: 10,
    counts: { '-8': 1, 2: 2, 22: 1 },
  });
  expect(counted([0.1, 0.2, 0.3], { bucketSize: 0.1 }).counts).toEqual({ 0.1: 1, 0.2: 2 });
});

test.each([
  [upTo(100), {}, 4],
  [upTo(100), { bucketCount: 10 }, 20],
  [upTo(100), { bucketCount: 9 }, 20],
  [upTo(10), {}, 1],
  [upTo(10, 2.5), {}, 4],
  [upTo(1000, 0.5), {}, 40],
  [upTo(1, 0.01), {}, 0.04],
  [upTo(4e12, 1e11), { bucketSize: 0 }, 2e11],
])('without a size it is a round number that makes so few buckets (%#)', (values, options, size) => {
  expect(counted(values, options).size).toBe(size);
});

test('one value, the same value, and nothing have a bucket of one, or none', () => {
  expect(counted([5])).toEqual({ size: 1, counts: { 5: 1 } });
  expect(counted([0.5, 0.5])).toEqual({ size: 1, counts: { 0: 2 } });
  expect(counted([null, Number.NaN, Number.POSITIVE_INFINITY])).toEqual({ size: 1, counts: {} });
  expect(histogramOf([], {}).starts).toEqual([]);
});

test('values far off are counted, without a bucket for each step between', () => {
  expect(counted([-1e299, 1e299, 5e-324], { bucketCount: 1e9 }).counts).toHaveProperty('1e+299', 1);
  expect(counted([0, 1e12], { bucketSize: 1e-3 }).counts).toEqual({ 0: 1, 1e12: 1 });
});

test('series share their buckets, each with the counts that it has', () => {
  const { starts, counts } = histogramOf([seriesOf([1, 1]), seriesOf([1, 3])], { bucketSize: 1 });
  expect(starts).toEqual([1, 3]);
  expect(counts.map(({ times, values }) => [times, values])).toEqual([
    [[0], [2]],
    [
      [0, 1],
      [1, 1],
    ],
  ]);
});

test('buckets of Prometheus are taken as they are, summed over time', () => {
  const panel = (format: string) => ({ json: { targets: [{ format }] } }) as unknown as Panel;
  const series = [seriesOf([1, 2, null], { le: '0.5' }), seriesOf([4, Number.NaN], { le: '+Inf' })];
  expect(ownBuckets(panel('heatmap'), series)).toMatchObject({
    edges: ['0', '0.5', '+Inf'],
    counts: [{ name: 'count', values: [3, 4] }],
  });
  expect(ownBuckets(panel('time_series'), series)).toBeUndefined();
  expect(ownBuckets(panel('heatmap'), [seriesOf([1])])).toBeUndefined();
  expect(ownBuckets(panel('heatmap'), [])).toBeUndefined();
});
