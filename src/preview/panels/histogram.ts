import { filledBoxes } from '../draw/filled-boxes.ts';
import { element } from '../draw/svg.ts';
import { fitted, textAt, textWidth } from '../draw/text.ts';
import { type FieldOptions, fieldOptions } from '../field/field-options.ts';
import { object } from '../field/json.ts';
import { formatValue, plainText } from '../format/format-value.ts';
import type { Box, Series } from '../model.ts';
import { type BarHeight, barHeights } from './bar-places.ts';
import { type Histogram, histogramOf, ownBuckets } from './histogram-buckets.ts';
import { drawMessage } from './message.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { fillOf, type PlottedSeries, plottedSeries, visible } from './plotted-series.ts';
import { drawSeriesLegend } from './series-legend.ts';
import { axisTexts, shareOf, type ValueAxis, valueAxis } from './value-axis.ts';

/** More series than these are not drawn. */
const MOST_HISTOGRAMS = 50;
const SIZE = 12;
/** Above and below the bars. */
const [TOP, BOTTOM] = [17, 24];

/** What of a histogram is not drawn, because it is too much. */
export function histogramsLeftOut({ panel, series }: SeriesDrawing): string | undefined {
  const isOne = object(panel.json.options).combine === true || ownBuckets(panel, series) !== undefined;
  if (isOne || series.length <= MOST_HISTOGRAMS) return undefined;
  return `${MOST_HISTOGRAMS} of ${series.length} series are drawn`;
}

/** How often values occur, as bars beside each other without space between them. */
export function drawHistogram(drawing: SeriesDrawing): string {
  const { panel, box } = drawing;
  const own = ownBuckets(panel, drawing.series);
  const series =
    own?.counts ?? (object(panel.json.options).combine === true ? combined(drawing.series) : drawing.series);
  const asShown = { ...drawing, series };
  const lines = plottedSeries(asShown, MOST_HISTOGRAMS);
  const inner = { ...box, height: Math.max(1, box.height - 6) };
  const legend = drawSeriesLegend(asShown, lines, inner);
  const shown = visible(lines);
  const histogram =
    own ??
    histogramOf(
      shown.map((line) => line.series),
      object(panel.json.options),
    );
  if (histogram.starts.length === 0)
    return legend.svg + drawMessage({ ...drawing, box: legend.rest }, 'No data');
  return legend.svg + drawBuckets(drawing, histogram, shown, legend.rest);
}

/** All values as those of one series. */
function combined([first, ...rest]: readonly Series[]): Series[] {
  if (!first) return [];
  const all = [first, ...rest];
  return [
    {
      ...first,
      name: 'Count',
      times: all.flatMap(({ times }) => times),
      values: all.flatMap(({ values }) => values),
    },
  ];
}

function drawBuckets(
  drawing: SeriesDrawing,
  histogram: Histogram,
  lines: readonly PlottedSeries[],
  box: Box,
): string {
  const { theme, panel } = drawing;
  const options = lines[0]?.options ?? fieldOptions(panel);
  const { mode } = object(options.custom.stacking);
  const heights = barHeights(histogram.counts, mode === 'normal' || mode === 'percent' ? mode : 'none');
  const highest = heights.reduce((most, { to }) => Math.max(most, to), 0);
  const unit = mode === 'percent' ? 'percentunit' : options.unit === 'short' ? 'short' : undefined;
  const plotHeight = Math.max(10, box.height - TOP - BOTTOM);
  // The field's unit, minimum and maximum are about its values, which lie along the horizontal axis here.
  const counts = { ...options, unit, decimals: undefined, min: 0, max: mode === 'percent' ? 1 : undefined };
  const axis = valueAxis(counts, [0, highest], plotHeight, drawing);
  const left = axis.isHidden ? 16 : axis.width + 17 + (axis.title === '' ? 0 : 16);
  const width = Math.max(10, box.width - left - 17);
  const plot = { x: box.x + left, y: box.y + TOP, width, height: plotHeight };
  const values = valuesAxis(histogram, options, plot.width);
  const bars = lines.map((line, field) =>
    filledBoxes(
      bucketBoxes(
        heights.filter((height) => height.field === field),
        histogram,
        values,
        axis,
        plot,
      ).map((each) => ({ box: each, color: line.color })),
      ...fillOf(line.options),
    ),
  );
  const style = { size: SIZE, color: theme.text, anchor: 'middle' } as const;
  const labels = values.ticks.flatMap(({ share, label }) => {
    const x = plot.x + share * plot.width;
    const half = textWidth(label, SIZE) / 2;
    const fits = x - half >= drawing.box.x && x + half <= drawing.box.x + drawing.box.width;
    return fits ? [textAt(label, x, plot.y + plot.height + 15, style)] : [];
  });
  return [
    grid(values, axis, plot, theme.grid),
    ...bars,
    ...axisTexts(axis, plot, 'left', drawing),
    ...labels,
  ].join('');
}

/** The boxes of one series. Of buckets narrower than a pixel the highest in each is drawn. */
function bucketBoxes(
  heights: readonly BarHeight[],
  { starts, size }: Histogram,
  { from, to }: ValuesAxis,
  axis: ValueAxis,
  plot: Box,
): Box[] {
  const boxes = new Map<number, Box>();
  for (const height of heights) {
    const start = starts[height.group] ?? 0;
    if (start < from || start >= to) continue;
    const x = plot.x + ((start - from) / (to - from)) * plot.width;
    const [low, high] = [height.from, height.to].map((count) => shareOf(count, axis)) as [number, number];
    const box = {
      x,
      y: plot.y + (1 - high) * plot.height,
      width: Math.max(1, (Math.min(size, to - start) / (to - from)) * plot.width),
      height: (high - low) * plot.height,
    };
    const pixel = Math.round(x * 2);
    const other = boxes.get(pixel);
    if (!other || box.y < other.y) boxes.set(pixel, box);
  }
  return [...boxes.values()];
}

/** The horizontal axis: from the first bucket to the end of the last. */
interface ValuesAxis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly share: number; readonly label: string }[];
}

function valuesAxis({ starts, size, edges }: Histogram, options: FieldOptions, width: number): ValuesAxis {
  // The edges of buckets that have names are no values.
  const [low, high] = edges ? [undefined, undefined] : [options.min, options.max];
  const from = low ?? starts[0] ?? 0;
  const end = high ?? (starts.at(-1) ?? 0) + size;
  const to = end > from ? end : from + size;
  const decimals = /\.(\d+)$/.exec(String(size))?.[1]?.length ?? options.decimals;
  const labelOf = (value: number) =>
    fitted(
      edges?.[Math.round(value)] ?? plainText(formatValue(value, options.unit, decimals)),
      width / 2,
      SIZE,
    );
  const widest = Math.max(...(edges ?? [labelOf(from), labelOf(to)]).map((label) => textWidth(label, SIZE)));
  const each = (size / (to - from)) * width;
  const every = Math.max(1, Math.ceil((widest + 10) / each));
  const ticks = Array.from({ length: Math.floor((to - from) / size / every + 1e-9) + 1 }, (_, index) => {
    const value = Number((from + index * every * size).toPrecision(12));
    return { share: (value - from) / (to - from), label: labelOf(value) };
  });
  return { from, to, ticks };
}

function grid({ ticks }: ValuesAxis, axis: ValueAxis, plot: Box, color: string): string {
  const upright = ticks.map(
    ({ share }) => `M${Math.round(plot.x + share * plot.width)} ${plot.y}v${plot.height}`,
  );
  const lying = axis.ticks.map(
    (tick) => `M${plot.x} ${Math.round(plot.y + (1 - shareOf(tick, axis)) * plot.height)}h${plot.width}`,
  );
  return element('path', { d: [...upright, ...lying].join(''), stroke: color });
}
