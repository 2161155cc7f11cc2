import { expect, test } from 'vitest';
import { timeTicks, valueRange, valueTicks, zoneOffset } from './scales.ts';

test.each([
  // Lowest, highest, and the range that Grafana draws.
  [0.25, 6.72, [0, 7.4]],
  [0, 0, [0, 100]],
  [5, 5, [0, 10]],
  [-5, 5, [-6, 6]],
  [100, 110, [99, 111]],
  [-8, -2, [-8.6, -1.4]],
])('data from %d to %d has the range %j', (low, high, expected) => {
  expect(valueRange(low, high)).toEqual(expected);
});

test('configured ends win, and ends that leave no room are mended', () => {
  expect(valueRange(3, 7, 0, 10)).toEqual([0, 10]);
  expect(valueRange(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toEqual([0, 100]);
  expect(valueRange(1, 2, 5, 5)).toEqual([5, 6]);
});

test('lines of a value axis are at least 30 pixels apart, as in Grafana', () => {
  // The two plots of a Grafana 12.2 with these ranges and heights.
  expect(valueTicks([0, 7.4], 225).values).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(valueTicks([0, 7.4], 198).values).toEqual([0, 2, 4, 6]);
  expect(valueTicks([0, 1], 150).values).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(valueTicks([99, 111], 100).values).toEqual([100, 105, 110]);
});

test('five minutes on 595 pixels have a label each minute, with seconds', () => {
  const from = Date.UTC(2026, 0, 1, 1, 53, 42);
  const ticks = timeTicks({ from, to: from + 300_000, timeZone: 'UTC' }, 595);
  expect(ticks.map(({ text }) => text)).toEqual(['01:54:00', '01:55:00', '01:56:00', '01:57:00', '01:58:00']);
});

test('labels are as close as their width lets them be', () => {
  const from = Date.UTC(2026, 0, 1, 11);
  const texts = (minutes: number, pixels: number) =>
    timeTicks({ from, to: from + minutes * 60_000, timeZone: 'UTC' }, pixels).map(({ text }) => text);
  // A label of hours and minutes needs some 48 pixels, one with seconds 65.
  expect(texts(60, 640).slice(0, 3)).toEqual(['11:00', '11:05', '11:10']);
  expect(texts(60, 540).slice(0, 3)).toEqual(['11:00', '11:10', '11:20']);
  expect(texts(15, 1300).slice(0, 3)).toEqual(['11:00:00', '11:01:00', '11:02:00']);
});

test('days begin at midnight of the zone', () => {
  const from = Date.UTC(2026, 6, 1, 12);
  const ticks = timeTicks({ from, to: from + 5 * 86_400_000, timeZone: 'Europe/Paris' }, 600);
  expect(ticks.map(({ text }) => text)).toEqual([2, 3, 4, 5, 6].map((day) => `07/0${day} 00:00`));
  expect(new Date(ticks[0]?.time ?? 0).toISOString()).toBe('2026-07-01T22:00:00.000Z');
});

test('a zone that nobody knows is UTC', () => {
  expect(zoneOffset(0, 'Moon/Base')).toBe(0);
  expect(zoneOffset(Date.UTC(2026, 6, 1), 'America/St_Johns')).toBe(-9_000_000);
});
