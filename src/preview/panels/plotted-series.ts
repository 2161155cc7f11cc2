import { type ColorContext, valueColor } from '../field/display-value.ts';
import { type FieldOptions, fieldOptions } from '../field/field-options.ts';
import { number, object } from '../field/json.ts';
import { reduceSeries } from '../field/reduce.ts';
import type { Series } from '../model.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { dataRange } from './reduced-values.ts';

/** A series with how it is shown. */
export interface PlottedSeries {
  readonly series: Series;
  readonly options: FieldOptions;
  readonly color: string;
}

/** The first series of a panel, each with its options and its colour. */
export function plottedSeries({ panel, series, theme }: SeriesDrawing, most: number): PlottedSeries[] {
  const range = dataRange(series);
  return series.slice(0, most).map((each, index) => {
    const options = fieldOptions(panel, each);
    const context: ColorContext = { theme: theme.name, index, range };
    return {
      series: each,
      options,
      color: valueColor(reduceSeries(each, 'lastNotNull') ?? null, options, context),
    };
  });
}

/** Those that the legend's switches have not hidden in the chart. */
export function visible(lines: readonly PlottedSeries[]): PlottedSeries[] {
  return lines.filter(({ options }) => object(options.custom.hideFrom).viz !== true);
}

/** How opaque bars are, from 0 to 1, and how many pixels their edge has. */
export function fillOf({ custom }: FieldOptions, opacity = 80, line = 1): [opacity: number, line: number] {
  const filled = number(custom.fillOpacity) ?? opacity;
  return [
    Math.min(1, Math.max(0, filled / 100)),
    Math.min(10, Math.max(0, number(custom.lineWidth) ?? line)),
  ];
}
