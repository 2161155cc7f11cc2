import { filledBoxes } from '../draw/filled-boxes.ts';
import { element } from '../draw/svg.ts';
import { displayValue } from '../field/display-value.ts';
import { fieldOptions } from '../field/field-options.ts';
import { number, object } from '../field/json.ts';
import type { Box } from '../model.ts';
import { type BarPlace, barPlaces, parts } from './bar-places.ts';
import { type BarTable, barTable } from './bar-table.ts';
import { barTexts } from './bar-texts.ts';
import { type GroupLabels, groupLabels, groupTexts } from './group-labels.ts';
import { drawMessage } from './message.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { fillOf, type PlottedSeries, plottedSeries, visible } from './plotted-series.ts';
import { dataRange } from './reduced-values.ts';
import { drawSeriesLegend } from './series-legend.ts';
import { axisTexts, horizontalAxisTexts, shareOf, type ValueAxis, valueAxis } from './value-axis.ts';

/** More bars than these are not drawn. */
const [MOST_FIELDS, MOST_BARS] = [50, 5000];
/** Above the bars. */
const TOP = 17;

/** Groups of bars, upright or lying, beside each other or stacked. */
export function drawBarChart(drawing: SeriesDrawing): string {
  const { panel, range, box } = drawing;
  const table = barTable(panel, drawing.series, range);
  const asFields = { ...drawing, series: table.fields };
  const lines = plottedSeries(asFields, MOST_FIELDS);
  const inner = { ...box, height: Math.max(1, box.height - 6) };
  const legend = drawSeriesLegend(asFields, lines, inner);
  const shown = visible(lines);
  if (table.groups.length === 0 || shown.length === 0)
    return legend.svg + drawMessage({ ...drawing, box: legend.rest }, 'No data');
  return legend.svg + drawBars(asFields, table, shown, legend.rest);
}

/** What of a bar chart is not drawn, because it is too much. */
export function barsLeftOut({ panel, range, series }: SeriesDrawing): string | undefined {
  const { groups, fields } = barTable(panel, series, range);
  const most = mostGroups(Math.min(MOST_FIELDS, fields.length));
  if (fields.length > MOST_FIELDS) return `${MOST_FIELDS} of ${fields.length} series are drawn`;
  return groups.length > most ? `${most} of ${groups.length} groups are drawn` : undefined;
}

function mostGroups(fields: number): number {
  return Math.floor(MOST_BARS / Math.max(1, fields));
}

function drawBars(
  drawing: SeriesDrawing,
  table: BarTable,
  lines: readonly PlottedSeries[],
  box: Box,
): string {
  const { panel, theme } = drawing;
  const options = object(panel.json.options);
  const isUpright =
    options.orientation === 'vertical' || (options.orientation !== 'horizontal' && box.width >= box.height);
  const stacking =
    options.stacking === 'normal' || options.stacking === 'percent' ? options.stacking : 'none';
  const groups = table.groups.slice(0, mostGroups(lines.length));
  const part = (value: unknown, otherwise: number) => Math.min(1, Math.max(0.01, number(value) ?? otherwise));
  const [groupWidth, barWidth] = [part(options.groupWidth, 0.7), part(options.barWidth, 0.97)];
  const isSingle = lines.length === 1 && stacking === 'none';
  // Bars that are alone in their group, or stacked, are as wide as the group.
  const width = isSingle || stacking !== 'none' ? barWidth : groupWidth;
  const bars = barPlaces(
    lines.map(({ series }) => series),
    { groups: groups.length, stacking, groupWidth: width, barWidth: isSingle ? 1 : barWidth },
  );
  const middles = parts(groups.length, width).map(({ start, size }) => start + size / 2);
  const axis = axisOfBars(drawing, lines, bars, stacking, isUpright, box);
  const labels = groupLabels(drawing, groups, isUpright, box);
  const plot = plotBox(axis, labels, isUpright, box);
  const boxOf = (bar: BarPlace) => barBox(bar, axis, plot, isUpright);
  return [
    gridLines(axis, plot, isUpright, theme.grid, lines[0]?.options.custom.axisGridShow !== false),
    ...lines.map((line, field) =>
      drawField(
        drawing,
        line,
        bars.filter((bar) => bar.field === field),
        boxOf,
      ),
    ),
    ...barTexts(drawing, lines, bars, { boxOf, plot, isUpright, isPercent: stacking === 'percent' }),
    ...(isUpright ? axisTexts(axis, plot, 'left', drawing) : horizontalAxisTexts(axis, plot, drawing)),
    ...groupTexts(labels, plot, isUpright, middles, drawing),
  ].join('');
}

function axisOfBars(
  drawing: SeriesDrawing,
  lines: readonly PlottedSeries[],
  bars: readonly BarPlace[],
  stacking: 'none' | 'normal' | 'percent',
  isUpright: boolean,
  box: Box,
): ValueAxis {
  const own = lines[0]?.options ?? fieldOptions(drawing.panel);
  let [low, high] = [0, 0];
  for (const { to } of bars) {
    low = Math.min(low, to);
    high = Math.max(high, to);
  }
  // Shares of what is negative go down to -100%.
  const limits =
    stacking === 'percent'
      ? { ...own, unit: 'percentunit', min: low < 0 ? -1 : 0, max: high > 0 || low === 0 ? 1 : 0 }
      : own;
  // Labels lie beside each other where bars lie: they need more room than below each other.
  const length = isUpright ? Math.max(20, box.height - TOP - 34) : (Math.max(20, box.width * 0.7) * 30) / 80;
  return valueAxis(limits, [low, high], length, drawing);
}

function plotBox(axis: ValueAxis, labels: GroupLabels, isUpright: boolean, box: Box): Box {
  const title = axis.title === '' || axis.isHidden ? 0 : 16;
  const overhang = Math.min(labels.overhang, box.width / 3);
  const [before, after] = labels.rotation < 0 ? [overhang, 0] : [0, overhang];
  const left = isUpright ? Math.max(before, axis.isHidden ? 16 : axis.width + 17 + title) : labels.size + 21;
  const bottom = isUpright ? labels.size + 12 : (axis.isHidden ? 8 : 24) + title;
  return {
    x: box.x + left,
    y: box.y + TOP,
    width: Math.max(10, box.width - left - Math.max(17, after)),
    height: Math.max(10, box.height - TOP - bottom),
  };
}

function barBox({ start, size, from, to }: BarPlace, axis: ValueAxis, plot: Box, isUpright: boolean): Box {
  const clamp = (share: number) => Math.min(1, Math.max(0, share));
  const [one, other] = [clamp(shareOf(from, axis)), clamp(shareOf(to, axis))];
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  return isUpright
    ? {
        x: plot.x + start * plot.width,
        y: plot.y + (1 - high) * plot.height,
        width: size * plot.width,
        height: (high - low) * plot.height,
      }
    : {
        x: plot.x + low * plot.width,
        y: plot.y + start * plot.height,
        width: (high - low) * plot.width,
        height: size * plot.height,
      };
}

function gridLines(axis: ValueAxis, plot: Box, isUpright: boolean, color: string, isShown: boolean): string {
  if (!isShown || axis.isHidden) return '';
  const lines = axis.ticks.map((tick) => {
    const share = shareOf(tick, axis);
    return isUpright
      ? `M${round(plot.x)} ${Math.round(plot.y + (1 - share) * plot.height)}h${round(plot.width)}`
      : `M${Math.round(plot.x + share * plot.width)} ${round(plot.y)}v${round(plot.height)}`;
  });
  return lines.length === 0 ? '' : element('path', { d: lines.join(''), stroke: color });
}

/** The bars of one field; thresholds and mappings can give colours to single ones. */
function drawField(
  { theme, series }: SeriesDrawing,
  { options, color }: PlottedSeries,
  bars: readonly BarPlace[],
  boxOf: (bar: BarPlace) => Box,
): string {
  const context = { theme: theme.name, index: bars[0]?.field ?? 0, range: dataRange(series) };
  const isByValue = options.colorMode === 'thresholds' || options.mappings.length > 0;
  const boxes = bars.map((bar) => ({
    box: boxOf(bar),
    color: isByValue ? displayValue(bar.value, options, context).color : color,
  }));
  return filledBoxes(boxes, ...fillOf(options));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
