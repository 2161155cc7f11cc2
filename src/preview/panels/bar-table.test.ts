import { expect, test } from 'vitest';
import type { Panel } from '../../model/dashboard.ts';
import type { Series } from '../model.ts';
import { barTable } from './bar-table.ts';

const START = Date.UTC(2026, 0, 1, 12);
const RANGE = { from: START, to: START + 3_600_000, timeZone: 'UTC' };

function seriesOf(
  name: string,
  points: Readonly<Record<number, number>>,
  more: Partial<Series> = {},
): Series {
  const times = Object.keys(points).map((minute) => START + Number(minute) * 60_000);
  return { refId: 'A', name, labels: {}, times, values: Object.values(points), ...more };
}

function table(series: readonly Series[], xField?: string, format?: string) {
  const targets = ['A', 'B'].map((refId) => ({ refId, format }));
  const { groups, fields } = barTable(
    { json: { targets, options: { xField } } } as unknown as Panel,
    series,
    RANGE,
  );
  return { groups, fields: fields.map(({ name, times, values }) => ({ name, at: times, values })) };
}

test('series have a group for each moment at which any of them has a value', () => {
  expect(table([seriesOf('a', { 0: 1, 5: 2 }), seriesOf('b', { 5: 3, 10: 4 })])).toEqual({
    groups: ['12:00', '12:05', '12:10'],
    fields: [
      { name: 'a', at: [0, 1], values: [1, 2] },
      { name: 'b', at: [1, 2], values: [3, 4] },
    ],
  });
});

test('a table has a group for each row, named by the column that the panel says, or by the first', () => {
  const rows = [
    seriesOf('x', { 0: 1 }, { labels: { __name__: 'up', path: '/a', job: 'api' } }),
    seriesOf('y', { 0: 2 }, { labels: { __name__: 'up', path: '/b', job: 'api' } }),
  ];
  const fields = [{ name: 'Value', at: [0, 1], values: [1, 2] }];
  expect(table(rows, 'path', 'table')).toEqual({ groups: ['/a', '/b'], fields });
  expect(table(rows, 'nothing', 'table').groups).toEqual(['up', 'up']);
  expect(table(rows, 'Time', 'table').groups).toEqual(['12:00:00', '12:00:00']);
});

test('rows of two queries with the same labels are one group with two bars', () => {
  const labels = (path: string) => ({ labels: { path } });
  const rows = [
    seriesOf('x', { 0: 1 }, labels('/a')),
    seriesOf('x', { 0: 2 }, labels('/b')),
    seriesOf('y', { 0: 3 }, { ...labels('/b'), refId: 'B' }),
  ];
  expect(table(rows, 'path', 'table')).toEqual({
    groups: ['/a', '/b'],
    fields: [
      { name: 'Value #A', at: [0, 1], values: [1, 2] },
      { name: 'Value #B', at: [1], values: [3] },
    ],
  });
});

test('no series, no values and times that are none make no group with a wrong name', () => {
  expect(table([]).groups).toEqual([]);
  expect(table([seriesOf('a', {})]).groups).toEqual([]);
  expect(table([seriesOf('a', {}, { times: [Number.NaN], values: [1] })]).groups).toEqual(['']);
});
