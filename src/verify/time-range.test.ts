import { expect, it } from 'vitest';
import { timeWindow } from './time-range.ts';

const now = Date.parse('2026-03-04T10:30:00Z');
const iso = (choice: Parameters<typeof timeWindow>[0]) => {
  const { from, to } = timeWindow(choice, now);
  return [new Date(from).toISOString(), new Date(to).toISOString()];
};

it.each([
  [{ from: 'now-15m', to: 'now' }, '2026-03-04T10:15:00.000Z', '2026-03-04T10:30:00.000Z'],
  [{ from: 'now/d', to: 'now/d' }, '2026-03-04T00:00:00.000Z', '2026-03-04T23:59:59.999Z'],
  [{ from: 'now-1d/d', to: 'now-1d/d' }, '2026-03-03T00:00:00.000Z', '2026-03-03T23:59:59.999Z'],
  [{ from: 'now-1M/M', to: 'now/M' }, '2026-02-01T00:00:00.000Z', '2026-03-31T23:59:59.999Z'],
  [
    { from: '2026-03-01T00:00:00Z', to: '1772600000000' },
    '2026-03-01T00:00:00.000Z',
    '2026-03-04T04:53:20.000Z',
  ],
  ['now-1h', '2026-03-04T04:30:00.000Z', '2026-03-04T10:30:00.000Z'],
])('reads %j', (time, from, to) => {
  expect(iso({ time })).toEqual([from, to]);
});

it("lets the panel's own time and --since win", () => {
  const time = { from: 'now-15m', to: 'now' };
  expect(iso({ time, timeFrom: '1h', timeShift: '1d' })).toEqual([
    '2026-03-03T09:30:00.000Z',
    '2026-03-03T10:30:00.000Z',
  ]);
  expect(iso({ time, timeFrom: '1h', sinceMs: 60_000 })[0]).toBe('2026-03-04T10:29:00.000Z');
});
