import { chartSvg } from '../draw/chart-svg.ts';
import { areWithin, type Range, timeTicks } from '../draw/scales.ts';
import { namedColor } from '../draw/theme.ts';
import { type FieldOptions, fieldOptions } from '../field/field-options.ts';
import { object } from '../field/json.ts';
import type { Box } from '../model.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { type PlottedSeries, plottedSeries, visible } from './plotted-series.ts';
import { drawSeriesLegend } from './series-legend.ts';
import { timeAxisTexts } from './time-axis.ts';
import { timeSeriesLine } from './time-series-line.ts';
import { axisOf, axisTexts, type ValueAxis } from './value-axis.ts';

/** More lines than these are not drawn: nobody can tell them apart, and the picture would be megabytes. */
export const MOST_LINES = 100;
/** Pixels below the legend, or below the labels of time where there is none. */
const BOTTOM = 6;

/** Lines, bars or points over time, with their axes, thresholds and legend. */
export function drawTimeSeries(drawing: SeriesDrawing): string {
  const { box } = drawing;
  const lines = plottedSeries(drawing, MOST_LINES);
  const inner = { ...box, height: Math.max(1, box.height - BOTTOM) };
  const legend = drawSeriesLegend(drawing, lines, inner);
  return legend.svg + drawPlot(drawing, lines, legend.rest);
}

function drawPlot(drawing: SeriesDrawing, all: readonly PlottedSeries[], box: Box): string {
  const { theme, range, panel } = drawing;
  const lines = visible(all);
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
    ...timeAxisTexts(drawing, plot, range, ticks),
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
