import { expect, it } from 'vitest';
import { intervalMs, intervalText, panelInterval, prometheusStep, rateInterval } from './interval.ts';

it.each([
  ['15 minutes in a quarter of the width', 15 * 60_000, 6, 15_000],
  ['a day in half the width', 86_400_000, 12, 120_000],
  ['a week in the whole width', 7 * 86_400_000, 24, 300_000],
])('rounds the interval of %s and keeps to the least one', (_, range, columns, expected) => {
  expect(panelInterval(range, { columns, maxDataPoints: undefined }, 15_000).intervalMs).toBe(expected);
});

it("takes the panel's own number of points", () => {
  const interval = panelInterval(3_600_000, { columns: 24, maxDataPoints: 60 }, 1000);
  expect(interval).toEqual({ maxDataPoints: 60, intervalMs: 60_000 });
});

it('makes a rate interval of four scrapes, or of one scrape more than the points are apart', () => {
  expect(rateInterval(15_000, 15_000)).toBe(60_000);
  expect(rateInterval(120_000, 15_000)).toBe(135_000);
});

it('never asks Prometheus for more points than it gives', () => {
  const interval = { intervalMs: 1000, maxDataPoints: 100_000 };
  expect(prometheusStep(86_400_000, interval)).toBe(10_000);
});

it('reads and writes intervals as Grafana does', () => {
  expect(['30s', '>1m', '500ms', '2h', 'x', undefined].map(intervalMs)).toEqual([
    30_000,
    60_000,
    500,
    7_200_000,
    undefined,
    undefined,
  ]);
  expect([15_000, 60_000, 135_000, 7_200_000, 86_400_000, 20].map(intervalText)).toEqual([
    '15s',
    '1m',
    '135s',
    '2h',
    '1d',
    '20ms',
  ]);
});
