import { chartSvg } from '../draw/chart-svg.ts';
import { areWithin, type Range, timeTicks } from '../draw/scales.ts';
import { textAt, textWidth } from '../draw/text.ts';
import { namedColor } from '../draw/theme.ts';
import { displayValue, valueColor } from '../field/display-value.ts';
import { type FieldOptions, fieldOptions } from '../field/field-options.ts';
import { list, object } from '../field/json.ts';
import { reduceSeries } from '../field/reduce.ts';
import { plainText } from '../format/format-value.ts';
import type { Box, Series } from '../model.ts';
import { drawLegend, type LegendItem, type LegendOptions } from './legend.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { dataRange } from './reduced-values.ts';
import { timeSeriesLine } from './time-series-line.ts';
import { axisOf, axisTexts, type ValueAxis } from './value-axis.ts';

/** More lines than these are not drawn: nobody can tell them apart, and the picture would be megabytes. */
export const MOST_LINES = 100;
const SIZE = 12;
/** Pixels below the legend, or below the labels of time where there is none. */
const BOTTOM = 6;

/** Lines, bars or points over time, with their axes, thresholds and legend. */
export function drawTimeSeries(drawing: SeriesDrawing): string {
  const { theme, box } = drawing;
  const range = dataRange(drawing.series);
  const lines = drawing.series.slice(0, MOST_LINES).map((series, index): PlottedSeries => {
    const options = fieldOptions(drawing.panel, series);
    return { series, options, color: lineColor(series, options, { theme: theme.name, index, range }) };
  });
  const inner = { ...box, height: Math.max(1, box.height - BOTTOM) };
  const legend = drawLegend(legendItems(drawing, lines), legendOptions(drawing), inner, theme);
  return legend.svg + drawPlot(drawing, lines, legend.rest);
}

/** A series with how it is shown. */
export interface PlottedSeries {
  readonly series: Series;
  readonly options: FieldOptions;
  readonly color: string;
}

function lineColor(series: Series, options: FieldOptions, context: Parameters<typeof valueColor>[2]): string {
  return valueColor(reduceSeries(series, 'lastNotNull') ?? null, options, context);
}

function legendOptions({ panel }: SeriesDrawing): LegendOptions {
  const legend = object(object(panel.json.options).legend);
  return {
    mode: legend.displayMode === 'table' ? 'table' : 'list',
    placement: legend.placement === 'right' ? 'right' : 'bottom',
    columns: list(legend.calcs).flatMap((calc) =>
      typeof calc === 'string' ? (CALCULATIONS[calc] ?? calc) : [],
    ),
  };
}

const CALCULATIONS: Readonly<Record<string, string | undefined>> = {
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

function legendItems({ panel, series, theme }: SeriesDrawing, lines: readonly PlottedSeries[]): LegendItem[] {
  const legend = object(object(panel.json.options).legend);
  if (legend.showLegend === false || legend.displayMode === 'hidden') return [];
  const calculations = list(legend.calcs).filter((calc) => typeof calc === 'string');
  const items = lines
    .filter(({ options }) => object(options.custom.hideFrom).legend !== true)
    .map(({ series: each, options, color }, index) => ({
      name: options.displayName ?? each.name,
      color,
      values: calculations.map((calculation) => {
        const value = reduceSeries(each, calculation);
        if (value === null || value === undefined) return '';
        return plainText(displayValue(value, options, { theme: theme.name, index, range: [0, 1] }).formatted);
      }),
    }));
  const rest = series.slice(lines.length).map(({ name }) => ({ name, color: theme.border, values: [] }));
  return [...items, ...rest];
}

function drawPlot(drawing: SeriesDrawing, all: readonly PlottedSeries[], box: Box): string {
  const { theme, range, panel } = drawing;
  const lines = all.filter(({ options }) => object(options.custom.hideFrom).viz !== true);
  const drawn = lines.map((line) => timeSeriesLine(line, lines, drawing));
  const rightLines = lines.filter(({ options }) => options.custom.axisPlacement === 'right');
  const height = Math.max(20, box.height - 17 - 24);
  const left = axisOf(
    lines.filter((line) => !rightLines.includes(line)),
    height,
    drawing,
  );
  const right = rightLines.length > 0 ? axisOf(rightLines, height, drawing) : undefined;
  const panelOptions = fieldOptions(panel);
  const labelOf = (axis: ValueAxis | undefined) => (axis?.title ? 16 : 0);
  const inset = {
    left: left.width > 0 && !left.isHidden ? left.width + 17 + labelOf(left) : 16,
    right: right && !right.isHidden ? right.width + 17 + labelOf(right) : 16,
  };
  const plot = {
    x: box.x + inset.left,
    y: box.y + 17,
    width: Math.max(10, box.width - inset.left - inset.right),
    height,
  };
  const ticks = timeTicks(range, plot.width);
  const axes = [left, right].filter((axis) => axis !== undefined);
  const option = {
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: {
      type: 'value',
      min: range.from,
      max: range.to,
      axisLine: { show: false },
      axisTick: { show: false, customValues: ticks.map(({ time }) => time) },
      axisLabel: { show: false },
      splitLine: { show: ticks.length > 0, lineStyle: { color: theme.grid, width: 1 } },
    },
    yAxis: axes.map((axis, index) => ({
      type: axis.isLog ? 'log' : 'value',
      logBase: axis.logBase,
      min: axis.range[0],
      max: axis.range[1],
      position: index === 0 ? 'left' : 'right',
      axisLine: { show: false },
      axisTick: { show: false, customValues: axis.ticks },
      axisLabel: { show: false },
      splitLine: { show: index === 0, lineStyle: { color: theme.grid, width: 1 } },
    })),
    series: [
      ...drawn.map((line, index) => ({
        ...line.option,
        yAxisIndex: right && rightLines.includes(lines[index] as PlottedSeries) ? 1 : 0,
      })),
      ...thresholdSeries(panelOptions, left.range, theme.name),
    ],
  };
  // Lines on the lowest and highest value are not cut in half, nor are the first and the last label.
  const texts = [
    ...axes.flatMap((axis, index) => axisTexts(axis, plot, index === 0 ? 'left' : 'right', drawing)),
    ...ticks.flatMap(({ time, text }) => {
      const x = plot.x + ((time - range.from) / (range.to - range.from || 1)) * plot.width;
      const half = textWidth(text, SIZE) / 2;
      const fits = x - half >= box.x && x + half <= box.x + box.width - 4;
      return fits
        ? [textAt(text, x, plot.y + plot.height + 15, { size: SIZE, color: theme.text, anchor: 'middle' })]
        : [];
    }),
  ];
  const isClipped =
    axes.some(({ holdsAll }) => !holdsAll) ||
    drawn.some(({ option: { smooth } }) => smooth !== undefined && smooth !== false) ||
    !drawing.series.every(({ times }) => areWithin(times, range));
  return chartSvg(option, plot, drawing.id, isClipped) + texts.join('');
}

/** Lines or areas for thresholds: a series without data that only carries the marks. */
function thresholdSeries(
  { custom, thresholds }: FieldOptions,
  [low, high]: Range,
  theme: 'dark' | 'light',
): unknown[] {
  const mode = String(object(custom.thresholdsStyle).mode ?? 'off');
  if (mode === 'off') return [];
  const steps = thresholds.steps.map(({ value, color }) => ({
    at: thresholds.mode === 'percentage' ? low + (value / 100) * (high - low) : value,
    color: namedColor(color, theme),
  }));
  const lines = steps
    .filter(({ at }) => at >= low && at <= high)
    .map(({ at, color }) => ({
      yAxis: at,
      lineStyle: { color, type: mode.includes('dashed') ? 'dashed' : 'solid' },
    }));
  const areas = steps.map(({ at, color }, index) => [
    { yAxis: Math.max(low, at), itemStyle: { color, opacity: 0.15 } },
    { yAxis: Math.min(high, steps[index + 1]?.at ?? high) },
  ]);
  return [
    {
      type: 'line',
      data: [],
      silent: true,
      markLine: /line|dashed/.test(mode)
        ? { symbol: 'none', label: { show: false }, lineStyle: { width: 1.5 }, data: lines }
        : undefined,
      markArea: mode.includes('area')
        ? { data: areas.filter(([from, to]) => (from?.yAxis ?? 0) < (to?.yAxis ?? 0)) }
        : undefined,
    },
  ];
}
