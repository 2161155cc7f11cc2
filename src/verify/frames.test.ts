import { expect, it } from 'vitest';
import { dataOfFrames } from './frames.ts';

const numbers = (values: readonly unknown[], entities?: unknown) => ({
  schema: {
    fields: [
      { name: 'Time', type: 'time' },
      { name: 'Value', type: 'number' },
    ],
  },
  data: { values: [values.map((_, index) => 1000 + index), values], ...(entities ? { entities } : {}) },
});

it('counts columns of numbers as series, with the newest time and value', () => {
  expect(dataOfFrames([numbers([1, 2]), numbers([3])])).toEqual({
    count: 2,
    unit: 'series',
    newest: 1001,
    value: 2,
    spread: [2, 3],
    isZero: false,
    onlyNaN: 0,
  });
});

it('takes a series of only NaN, or only gaps, for nothing', () => {
  expect(dataOfFrames([numbers([null, null], [null, { NaN: [0, 1] }])])).toMatchObject({
    count: 0,
    onlyNaN: 1,
  });
  expect(dataOfFrames([numbers([null, null])])).toMatchObject({ count: 0, onlyNaN: 0 });
});

it('takes the last value before a NaN, and infinity for a value', () => {
  expect(dataOfFrames([numbers([5, null], [null, { NaN: [1] }])])).toMatchObject({ value: 5, newest: 1000 });
  expect(dataOfFrames([numbers([null], [null, { Inf: [0] }])])).toMatchObject({ count: 1, value: Infinity });
});

it('knows data of nothing but zeros', () => {
  expect(dataOfFrames([numbers([0, 0])]).isZero).toBe(true);
  expect(dataOfFrames([numbers([0, 1])]).isZero).toBe(false);
});

it('counts lines of logs and rows of tables', () => {
  const lines = {
    schema: {
      fields: [
        { name: 'labels', type: 'other' },
        { name: 'Time', type: 'time' },
        { name: 'Line', type: 'string' },
      ],
    },
    data: {
      values: [
        [{}, {}],
        [7000, 6000],
        ['a', 'b'],
      ],
    },
  };
  expect(dataOfFrames([lines])).toMatchObject({ count: 2, unit: 'lines', newest: 7000 });
});

it('finds nothing in an empty frame', () => {
  expect(dataOfFrames([{ schema: { fields: [] }, data: { values: [] } }])).toMatchObject({ count: 0 });
});

it('leaves out the rows of a table whose numbers are all NaN', () => {
  const fields = ['time', 'string', 'number'].map((type) => ({ name: type, type }));
  const values = [
    [5000, 6000],
    ['a', 'b'],
    [1, null],
  ];
  const table = { schema: { fields }, data: { values, entities: [null, null, { NaN: [1] }] } };
  expect(dataOfFrames([table])).toMatchObject({ count: 1, unit: 'rows', newest: 5000 });
});
