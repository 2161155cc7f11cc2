import { drawable } from '../draw/scales.ts';
import { number, object } from '../field/json.ts';
import type { Series } from '../model.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import type { PlottedSeries } from './plotted-series.ts';

/** A line as the charting library takes it. */
export interface TimeSeriesLine {
  readonly option: Readonly<Record<string, unknown>>;
}

/** How one series is drawn: its style, its values stacked onto those before it, and its gaps. */
export function timeSeriesLine(
  line: PlottedSeries,
  all: readonly PlottedSeries[],
  { box }: SeriesDrawing,
): TimeSeriesLine {
  const { custom } = line.options;
  const style = String(custom.drawStyle ?? 'line');
  const values = stackedValues(line, all);
  const points = values.times.map((time, index) => [time, drawable(values.own[index])]);
  const opacity = Math.min(1, Math.max(0, (number(custom.fillOpacity) ?? 0) / 100));
  const size = Math.min(40, Math.max(1, number(custom.pointSize) ?? 5));
  const isDense = points.length > 1 && points.length - 1 > box.width / (2 * size);
  const common = {
    data: points,
    itemStyle: { color: line.color },
    silent: true,
    stack: values.stack,
    // As the values were summed up, whatever their signs.
    stackStrategy: 'all',
  };
  if (style === 'bars')
    return {
      option: {
        ...common,
        type: 'bar',
        barGap: values.stack === undefined ? '-100%' : undefined,
        barWidth: Math.max(1, Math.min(100, (box.width / Math.max(1, points.length)) * 0.6)),
        data: points,
        itemStyle: { color: line.color, opacity: Math.max(0.3, opacity) },
        z: 2 + all.length - all.indexOf(line),
      },
    };
  const interpolation = String(custom.lineInterpolation ?? 'linear');
  const points2 = custom.showPoints ?? 'auto';
  const isLonely = isolated(values.own);
  const showSymbol =
    style === 'points' || points2 === 'always' || (points2 === 'auto' && (!isDense || isLonely)) || isLonely;
  return {
    option: {
      ...common,
      type: 'line',
      sampling: points.length > 2000 ? 'lttb' : undefined,
      showSymbol,
      showAllSymbol: true,
      symbol: 'circle',
      symbolSize: size,
      connectNulls: custom.spanNulls === true || (number(custom.spanNulls) ?? 0) > 0,
      smooth: interpolation === 'smooth' ? 0.3 : false,
      step: interpolation === 'stepBefore' ? 'start' : interpolation === 'stepAfter' ? 'end' : false,
      lineStyle: {
        color: line.color,
        width: style === 'points' ? 0 : Math.min(10, Math.max(0, number(custom.lineWidth) ?? 1)),
        type: dashOf(object(custom.lineStyle)),
      },
      areaStyle: opacity > 0 && style === 'line' ? area(line.color, opacity, custom.gradientMode) : undefined,
    },
  };
}

function area(color: string, opacity: number, gradient: unknown): Readonly<Record<string, unknown>> {
  if (gradient !== 'opacity') return { color, opacity };
  return {
    opacity,
    color: {
      type: 'linear',
      ...{ x: 0, y: 0, x2: 0, y2: 1 },
      colorStops: [
        { offset: 0, color },
        { offset: 1, color: `${color.slice(0, 7)}00` },
      ],
    },
  };
}

function dashOf({ fill, dash }: Readonly<Record<string, unknown>>): unknown {
  if (fill === 'dot') return 'dotted';
  if (fill !== 'dash') return 'solid';
  return Array.isArray(dash) && dash.every((part) => number(part) !== undefined)
    ? dash.map(Number)
    : 'dashed';
}

/** A value between two gaps is no line: it can only be seen as a point. */
function isolated(values: readonly (number | null | undefined)[]): boolean {
  return values.some(
    (value, index) =>
      drawable(value) !== null &&
      drawable(values[index - 1]) === null &&
      drawable(values[index + 1]) === null,
  );
}

interface StackedValues {
  readonly times: readonly number[];
  /** What the line adds to its stack. */
  readonly own: readonly (number | null)[];
  /** How high the stack is with it. */
  readonly upper: readonly (number | null)[];
  /** Lines of one stack have the same. */
  readonly stack: string | undefined;
}

/** The values of a line, and on top of those before it in its stack; shares of the whole where that is asked for. */
function stackedValues(line: PlottedSeries, all: readonly PlottedSeries[]): StackedValues {
  const stack = stackOf(line);
  const { times, values } = line.series;
  if (!stack) return { times, own: values, upper: values, stack: undefined };
  const members = all.filter((other) => stackOf(other)?.name === stack.name);
  const courses = members.map(({ series }) => valuesByTime(series));
  const below = courses.slice(0, members.indexOf(line) + 1);
  const mine = valuesByTime(line.series);
  // Lines are stacked value by value, so all of a stack need the same times.
  const shared = [...new Set(members.flatMap(({ series }) => series.times))].sort((a, b) => a - b);
  const wholes = shared.map((time) => (stack.isPercent ? sumAt(courses, time) || 1 : 1));
  return {
    times: shared,
    own: shared.map((time, index) => (mine.get(time) ?? 0) / (wholes[index] ?? 1)),
    upper: shared.map((time, index) => sumAt(below, time) / (wholes[index] ?? 1)),
    stack: stack.name,
  };
}

/** Lines with negative values have a stack of their own, which goes downwards. */
function stackOf({ options, series }: PlottedSeries): { name: string; isPercent: boolean } | undefined {
  const { mode, group } = object(options.custom.stacking);
  if (mode !== 'normal' && mode !== 'percent') return undefined;
  const name = `${mode} ${String(group ?? 'A')}${goesDown(series) ? ' down' : ''}`;
  return { name, isPercent: mode === 'percent' };
}

const directions = new WeakMap<Series, boolean>();

function goesDown(series: Series): boolean {
  const known = directions.get(series) ?? series.values.some((value) => (drawable(value) ?? 0) < 0);
  directions.set(series, known);
  return known;
}

const byTime = new WeakMap<Series, ReadonlyMap<number, number>>();

function valuesByTime(series: Series): ReadonlyMap<number, number> {
  let known = byTime.get(series);
  if (!known) {
    known = new Map(series.times.map((time, index) => [time, drawable(series.values[index]) ?? 0]));
    byTime.set(series, known);
  }
  return known;
}

function sumAt(series: readonly ReadonlyMap<number, number>[], time: number): number {
  return series.reduce((total, values) => total + (values.get(time) ?? 0), 0);
}

/** Lowest and highest value of lines as they are drawn, stacked where they are; infinite when there is none. */
export function stackedExtent(lines: readonly PlottedSeries[]): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const line of lines) {
    const { upper, stack } = stackedValues(line, lines);
    for (const value of upper) {
      const drawn = drawable(value);
      if (drawn === null) continue;
      low = Math.min(low, drawn);
      high = Math.max(high, drawn);
    }
    if (stack !== undefined || line.options.custom.drawStyle === 'bars') low = Math.min(low, 0);
  }
  return [low, high];
}
