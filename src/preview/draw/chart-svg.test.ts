import { expect, test } from 'vitest';
import { chartSvg } from './chart-svg.ts';

const box = { x: 0, y: 0, width: 100, height: 50 };

function line(values: readonly number[], isClipped: boolean): string {
  const data = values.map((value, index) => [index, value]);
  return chartSvg(
    {
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: { type: 'value', show: false, min: 0, max: values.length - 1 },
      yAxis: { type: 'value', show: false, min: 0, max: 1 },
      series: [{ type: 'line', data, showSymbol: false }],
    },
    box,
    'id',
    isClipped,
  );
}

test('a line keeps its direction where it leaves the chart, and ends not far from it', () => {
  // A million times as high as the chart: all that is seen of it goes straight up, and straight down.
  expect(line([0, 1e6, 0.5], true)).toContain('d="M0 50L0 -50L50 -50L100 -50L100 25"');
});

test('what is in the chart is not clipped, and has nothing to be clipped by', () => {
  expect(line([0, 1, 0.5], true)).toContain('clip-path');
  expect(line([0, 1, 0.5], false)).not.toMatch(/clip-?path|<defs/i);
});
