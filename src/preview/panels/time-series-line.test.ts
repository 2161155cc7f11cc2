import { expect, test } from 'vitest';
import type { PlottedSeries } from './plotted-series.ts';
import { stackedExtent } from './time-series-line.ts';

const line = (...values: number[]) =>
  ({
    series: { times: values.map((_, index) => index), values },
    options: { custom: { stacking: { mode: 'normal', group: 'A' } } },
  }) as unknown as PlottedSeries;

test('lines with negative values have a stack of their own, which goes downwards', () => {
  expect(stackedExtent([line(-10, -3), line(4, 4), line(5, 6), line(-1, 2)])).toEqual([-11, 10]);
});
