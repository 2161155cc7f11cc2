import type { Theme } from '../draw/theme.ts';
import { displayValue } from '../field/display-value.ts';
import { list, object } from '../field/json.ts';
import { reduceSeries } from '../field/reduce.ts';
import { plainText } from '../format/format-value.ts';
import type { Box } from '../model.ts';
import { type DrawnLegend, drawLegend, type LegendItem, type LegendOptions } from './legend.ts';
import type { PanelDrawing, SeriesDrawing } from './panel-drawing.ts';
import type { PlottedSeries } from './plotted-series.ts';

/** Draws the legend of a chart with an entry for each series; `lines` are those of them that are drawn. */
export function drawSeriesLegend(
  drawing: SeriesDrawing,
  lines: readonly PlottedSeries[],
  box: Box,
): DrawnLegend {
  const { panel, series, theme } = drawing;
  const calculations = list(object(object(panel.json.options).legend).calcs).filter(
    (calc) => typeof calc === 'string',
  );
  const items = lines
    .filter(({ options }) => object(options.custom.hideFrom).legend !== true)
    .map(({ series: each, options, color }, index): LegendItem => {
      const values = calculations.map((calculation) => {
        const value = reduceSeries(each, calculation);
        if (value === null || value === undefined) return '';
        return plainText(displayValue(value, options, { theme: theme.name, index, range: [0, 1] }).formatted);
      });
      return { name: options.displayName ?? each.name, color, values };
    });
  const rest = series.slice(lines.length).map(({ name }) => ({ name, color: theme.border, values: [] }));
  const columns = calculations.map((calculation) => CALCULATIONS[calculation] ?? calculation);
  return drawPanelLegend(drawing, [...items, ...rest], columns, box, theme);
}

/** Draws entries as the panel's `options.legend` says, or not at all. */
export function drawPanelLegend(
  { panel }: PanelDrawing,
  items: readonly LegendItem[],
  columns: readonly string[],
  box: Box,
  theme: Theme,
): DrawnLegend {
  const legend = object(object(panel.json.options).legend);
  const isHidden = legend.showLegend === false || legend.displayMode === 'hidden';
  const options: LegendOptions = {
    mode: legend.displayMode === 'table' ? 'table' : 'list',
    placement: legend.placement === 'right' ? 'right' : 'bottom',
    columns,
  };
  return drawLegend(isHidden ? [] : items, options, box, theme);
}

const CALCULATIONS: Readonly<Record<string, string | undefined>> = {
  __proto__: null as never,
  lastNotNull: 'Last *',
  last: 'Last',
  firstNotNull: 'First *',
  first: 'First',
  min: 'Min',
  max: 'Max',
  mean: 'Mean',
  sum: 'Total',
  count: 'Count',
  range: 'Range',
  diff: 'Difference',
};
