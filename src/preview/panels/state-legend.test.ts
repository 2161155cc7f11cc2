import { expect, test } from 'vitest';
import { THEMES } from '../draw/theme.ts';
import type { FieldOptions } from '../field/field-options.ts';
import { stateLegendItems, thresholdNames } from './state-legend.ts';

const OPTIONS: FieldOptions = {
  unit: 'percent',
  decimals: undefined,
  min: undefined,
  max: undefined,
  noValue: undefined,
  displayName: undefined,
  colorMode: 'fixed',
  fixedColor: 'blue',
  thresholds: {
    mode: 'absolute',
    steps: [
      { value: Number.NEGATIVE_INFINITY, color: 'green' },
      { value: 50, color: 'yellow' },
      { value: 80, color: 'red' },
    ],
  },
  mappings: [{ type: 'value', options: { 0: { text: 'Down', color: 'red' } } }],
  custom: {},
};

function names(options: Partial<FieldOptions>): string[] {
  const series = { refId: 'A', name: 'a', labels: {}, times: [1, 2, 3, 4], values: [0, 1, null, Number.NaN] };
  const line = { series, options: { ...OPTIONS, ...options }, color: '#000000' };
  return stateLegendItems([line], [0, 100], THEMES.dark).map(({ name, color }) => `${name} ${color}`);
}

test('thresholds are named by where they begin, the lowest by where it ends', () => {
  expect(thresholdNames(OPTIONS)).toEqual(['< 50%', '50%+', '80%+']);
  const percentage = {
    ...OPTIONS,
    unit: 'bytes',
    thresholds: { ...OPTIONS.thresholds, mode: 'percentage' },
  } as const;
  expect(thresholdNames(percentage)).toEqual(['< 50%', '50%+', '80%+']);
});

test('the legend has the thresholds where they give the colours, otherwise each state once', () => {
  expect(names({ colorMode: 'thresholds' })).toEqual(['< 50% #73BF69', '50%+ #FADE2A', '80%+ #F2495C']);
  expect(names({})).toEqual(['Down #F2495C', '1% #5794F2']);
});

test('colours that run into each other have no legend, nor do series that are hidden in it', () => {
  expect(names({ colorMode: 'continuous-GrYlRd' })).toEqual([]);
  expect(names({ custom: { hideFrom: { legend: true } } })).toEqual([]);
});
