import { drawable } from '../draw/scales.ts';
import type { ColorContext } from '../field/display-value.ts';
import { list, number, object } from '../field/json.ts';
import { reduceSeries } from '../field/reduce.ts';
import type { Box, Series } from '../model.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { rowsOf } from './table-rows.ts';

/** One number that a stat or gauge shows. */
export interface ReducedValue {
  readonly series: Series;
  readonly value: number | null | undefined;
  readonly context: ColorContext;
}

/** More than these cannot be read in one panel. */
export const MOST_VALUES = 50;
/** Pixels: nothing can be read in less. */
const LEAST_CELL = 32;
/** Grafana's limit of `values: true`, where the panel has none. */
const MOST_ROWS = 25;

/** One number for each series by `options.reduceOptions`; each value of each series with `values: true`. */
export function reducedValues({ panel, series, theme }: SeriesDrawing): ReducedValue[] {
  const reduce = object(object(panel.json.options).reduceOptions);
  const calculation = list(reduce.calcs).find((each) => typeof each === 'string');
  const most = Math.min(MOST_VALUES, Math.max(1, number(reduce.limit) ?? MOST_ROWS));
  const shown = reduce.values === true ? rowsOf(panel, series, most) : series.slice(0, MOST_VALUES);
  const numbers = shown.map((each) =>
    reduceSeries(each, typeof calculation === 'string' ? calculation : 'lastNotNull'),
  );
  const range = dataRange(series);
  return shown.map((each, index) => ({
    series: each,
    value: numbers[index],
    context: { theme: theme.name, index, range },
  }));
}

/** Lowest and highest finite value of all series. */
export function dataRange(series: readonly Series[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values } of series)
    for (const value of values) {
      if (value === null || drawable(value) === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  return low <= high ? [low, high] : [0, 100];
}

/**
 * Boxes of equal size for a number of values: beside each other, below each other, or a grid of the best shape. Fewer
 * boxes where they would be too small.
 */
export function valueCells(box: Box, wanted: number, orientation: string): Box[] {
  const gap = 8;
  const across = Math.max(1, Math.floor((box.width + gap) / (LEAST_CELL + gap)));
  const down = Math.max(1, Math.floor((box.height + gap) / (LEAST_CELL + gap)));
  const fitting = orientation === 'vertical' ? across : orientation === 'horizontal' ? down : across * down;
  const count = Math.min(wanted, fitting);
  const columns =
    orientation === 'vertical' ? count : orientation === 'horizontal' ? 1 : bestColumns(box, count);
  const rows = Math.ceil(count / Math.max(1, columns));
  const width = (box.width - gap * (columns - 1)) / columns;
  const height = (box.height - gap * (rows - 1)) / rows;
  return Array.from({ length: count }, (_, index) => ({
    x: box.x + (index % columns) * (width + gap),
    y: box.y + Math.floor(index / columns) * (height + gap),
    width: Math.max(1, width),
    height: Math.max(1, height),
  }));
}

/** The columns that leave the largest texts: cells about twice as wide as high. */
function bestColumns({ width, height }: Box, count: number): number {
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const size = Math.min(width / columns / 2, height / Math.ceil(count / columns));
    if (size > best.size + 1e-9) best = { columns, size };
  }
  return best.columns;
}
