import { contrastText } from '../draw/colors.ts';
import { type FilledBox, filledBoxes } from '../draw/filled-boxes.ts';
import { fitted, textAt, textWidth } from '../draw/text.ts';
import { type ColorContext, displayValue, isMapped, thresholdIndex } from '../field/display-value.ts';
import type { FieldOptions } from '../field/field-options.ts';
import { number, object } from '../field/json.ts';
import { plainText } from '../format/format-value.ts';
import type { Box, TimeRange } from '../model.ts';
import { drawMessage } from './message.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { fillOf, type PlottedSeries, plottedSeries, visible } from './plotted-series.ts';
import { dataRange } from './reduced-values.ts';
import { drawPanelLegend } from './series-legend.ts';
import { stateLegendItems, thresholdNames } from './state-legend.ts';
import { timeAxisTexts } from './time-axis.ts';
import { rowPlaces, type Span, shortestStep, spansOf } from './timeline-rows.ts';

const SIZE = 12;
/** Above the rows, below them with the times, and between names and rows. */
const [TOP, BOTTOM, GAP] = [17, 24, 16];

/** A name that is cut to fewer characters than these is left out. */
const LEAST_CUT = 5;

/** How many rows a page has, of which the first is drawn. */
export function rowsOfPage(options: unknown): number {
  return Math.min(100, Math.max(1, Math.trunc(number(object(options).perPage) ?? 20)));
}

/** A row for each series, and in it a bar for each state, as long as it lasts. */
export function drawStateTimeline(drawing: SeriesDrawing): string {
  const { panel, series, range } = drawing;
  const options = object(panel.json.options);
  const isMerged = options.mergeValues !== false;
  const step = shortestStep(series);
  return drawTimeline(drawing, (line, context) => {
    const byThreshold = isMerged && line.options.colorMode === 'thresholds';
    const spanNulls = line.options.custom.spanNulls;
    const spans = spansOf(line.series, {
      end: range.to,
      step,
      isMerged,
      keyOf: byThreshold ? (value) => thresholdIndex(value, line.options, context) : (value) => value,
      isState: (value) => isState(value, line.options),
      spanNulls: spanNulls === true ? Number.POSITIVE_INFINITY : Math.max(0, number(spanNulls) ?? 0),
    });
    const names = byThreshold ? thresholdNames(line.options) : undefined;
    return { range, cells: spans.map((span) => cellOf(span, line, context, names)), gap: 0 };
  });
}

/** A row for each series, and in it a cell for each moment. */
export function drawStatusHistory(drawing: SeriesDrawing): string {
  const { panel, range, box } = drawing;
  const part = Math.min(1, Math.max(0.01, number(object(panel.json.options).colWidth) ?? 0.9));
  const times = [...new Set(drawing.series.flatMap((each) => each.times))].sort((a, b) => a - b);
  // Grafana's words are longer; this too is what it says instead of drawing them.
  if (times.length > box.width / 2)
    return drawMessage(
      drawing,
      `Too many points to draw: ${times.length} in ${Math.round(box.width)} pixels. Ask for fewer with the maximum of data points or the minimum interval.`,
    );
  const [first = range.from, second = range.to] = times;
  const last = times.at(-1) ?? range.to;
  const half = Math.max(1, (second - first) / 2);
  const shown = {
    ...range,
    from: range.from <= first ? first - half : range.from,
    to: range.to >= last ? last + half : range.to,
  };
  return drawTimeline(drawing, (line, context) => ({
    range: shown,
    gap: 1 - part,
    cells: line.series.times.flatMap((time, index) => {
      const value = line.series.values[index] ?? null;
      if (!isState(value, line.options)) return [];
      return [cellOf({ from: time - half, to: time + half, value }, line, context)];
    }),
  }));
}

interface Cell extends Span {
  readonly name: string;
  readonly color: string;
}

/** The states of one row. */
interface Row {
  readonly range: TimeRange;
  readonly cells: readonly Cell[];
  /** How much of each cell's width stays free, from 0 to 1. */
  readonly gap: number;
}

function isState(value: number | null, options: FieldOptions): boolean {
  return (value !== null && !Number.isNaN(value)) || isMapped(value, options);
}

function cellOf(
  span: Span,
  { options }: PlottedSeries,
  context: ColorContext,
  names?: readonly string[],
): Cell {
  const { formatted, color } = displayValue(
    span.value,
    names ? { ...options, mappings: [] } : options,
    context,
  );
  const name = names?.[thresholdIndex(span.value, options, context)] ?? plainText(formatted);
  return { ...span, name, color };
}

function drawTimeline(
  drawing: SeriesDrawing,
  rowOf: (line: PlottedSeries, context: ColorContext) => Row,
): string {
  const { box, theme, panel, series } = drawing;
  const options = object(panel.json.options);
  const lines = visible(plottedSeries(drawing, rowsOfPage(options)));
  const range = dataRange(series);
  const inner = { ...box, height: Math.max(1, box.height - 6) };
  const legend = drawPanelLegend(drawing, stateLegendItems(lines, range, theme), [], inner, theme);
  const names = lines.map((line) =>
    fitted(line.options.displayName ?? line.series.name, Math.max(20, box.width * 0.3), SIZE),
  );
  const left = Math.max(0, ...names.map((name) => textWidth(name, SIZE))) + 8 + GAP;
  const plot = {
    x: box.x + left,
    y: legend.rest.y + TOP,
    width: Math.max(10, legend.rest.width - left - GAP),
    height: Math.max(10, legend.rest.height - TOP - BOTTOM),
  };
  const places = rowPlaces(
    lines.length,
    plot.height,
    Math.min(1, Math.max(0, number(options.rowHeight) ?? 0.9)),
  );
  const rows = lines.map((line, index) => rowOf(line, { theme: theme.name, index, range }));
  // Names that have no room are left out: every second, every third.
  const every = Math.max(1, Math.ceil(16 / (plot.height / Math.max(1, lines.length))));
  return [
    legend.svg,
    ...lines.flatMap((line, index) => {
      const row = rows[index];
      if (!row) return [];
      const { y = 0, height = 0 } = places[index] ?? {};
      const place = { ...plot, y: plot.y + y, height };
      const name = textAt(names[index] ?? '', plot.x - GAP, place.y + height / 2, {
        size: SIZE,
        color: theme.text,
        anchor: 'end',
      });
      return [index % every === 0 ? name : '', drawRow(drawing, row, line.options, place)];
    }),
    ...timeAxisTexts(drawing, plot, rows[0]?.range ?? drawing.range),
  ].join('');
}

/** The cells of a row, with their names where they have room. */
function drawRow(drawing: SeriesDrawing, row: Row, options: FieldOptions, place: Box): string {
  const { theme, panel } = drawing;
  const { showValue, alignValue } = object(panel.json.options);
  const isHistory = panel.type === 'status-history';
  const [opacity, line] = fillOf(options, 70, isHistory ? 1 : 0);
  const length = Math.max(1, row.range.to - row.range.from);
  const at = (time: number) =>
    place.x + Math.min(1, Math.max(0, (time - row.range.from) / length)) * place.width;
  const boxes: FilledBox[] = [];
  const texts: string[] = [];
  for (const { from, to, name, color } of row.cells) {
    if (to < row.range.from || from > row.range.to) continue;
    const free = ((to - from) / length) * place.width * row.gap;
    const start = Math.round(at(from) + free / 2);
    const end = Math.min(place.x + place.width, Math.max(start + 1, Math.round(at(to) - free / 2)));
    if (end <= start) continue;
    boxes.push({ box: { ...place, x: start, width: end - start }, color });
    if (showValue === 'never' || place.height < SIZE) continue;
    const shown = fitted(name, end - start - line - 2, SIZE, 500);
    // Two digits of a number with four would say something else.
    if (shown !== name && shown.length < LEAST_CUT) continue;
    const anchor = isHistory || alignValue === 'center' ? 'middle' : alignValue === 'right' ? 'end' : 'start';
    const x = { start: start + line + 2, middle: (start + end) / 2, end: end - line - 2 }[anchor];
    texts.push(
      textAt(shown, x, place.y + place.height / 2, {
        size: SIZE,
        color: contrastText(color, opacity, theme),
        weight: 500,
        anchor,
      }),
    );
  }
  return filledBoxes(boxes, opacity, line) + texts.join('');
}
