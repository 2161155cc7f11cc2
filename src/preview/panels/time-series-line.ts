import { number, object } from '../field/json.ts';
import type { Series } from '../model.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import type { PlottedSeries } from './time-series.ts';

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
  const points = line.series.times.map((time, index) => [time, finite(values.upper[index])]);
  const opacity = Math.min(1, Math.max(0, (number(custom.fillOpacity) ?? 0) / 100));
  const size = Math.min(40, Math.max(1, number(custom.pointSize) ?? 5));
  const isDense = points.length > 1 && points.length - 1 > box.width / (2 * size);
  const common = { data: points, itemStyle: { color: line.color }, silent: true };
  if (style === 'bars')
    return {
      option: {
        ...common,
        type: 'bar',
        barGap: '-100%',
        barWidth: Math.max(1, Math.min(100, (box.width / Math.max(1, points.length)) * 0.6)),
        data: points,
        itemStyle: { color: line.color, opacity: Math.max(0.3, opacity) },
        z: 2 + all.length - all.indexOf(line),
      },
    };
  const interpolation = String(custom.lineInterpolation ?? 'linear');
  const points2 = custom.showPoints ?? 'auto';
  const isLonely = isolated(values.upper);
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
      // A stack's lower lines lie over the upper ones' areas, so that each colour is its own band.
      z: 2 + (values.isStacked ? all.length - all.indexOf(line) : 0),
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
      finite(value) !== null && finite(values[index - 1]) === null && finite(values[index + 1]) === null,
  );
}

/** Null is what the charting library leaves out. */
function finite(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value;
}

interface StackedValues {
  readonly upper: readonly (number | null)[];
  readonly isStacked: boolean;
}

/** The values of a line on top of those before it in its stack; in percent of the whole where that is asked for. */
function stackedValues(line: PlottedSeries, all: readonly PlottedSeries[]): StackedValues {
  const stack = stackOf(line);
  if (!stack) return { upper: line.series.values, isStacked: false };
  const members = all.filter((other) => {
    const theirs = stackOf(other);
    return theirs?.mode === stack.mode && theirs.group === stack.group;
  });
  const below = members.slice(0, members.indexOf(line) + 1).map(({ series }) => valuesByTime(series));
  const whole = stack.mode === 'percent' ? members.map(({ series }) => valuesByTime(series)) : [];
  const upper = line.series.times.map((time) => {
    const total = sumAt(below, time);
    if (stack.mode !== 'percent') return total;
    const entire = sumAt(whole, time);
    return entire === 0 ? 0 : total / entire;
  });
  return { upper, isStacked: true };
}

function stackOf({ options }: PlottedSeries): { mode: string; group: unknown } | undefined {
  const { mode, group } = object(options.custom.stacking);
  return mode === 'normal' || mode === 'percent' ? { mode, group: group ?? 'A' } : undefined;
}

const byTime = new WeakMap<Series, ReadonlyMap<number, number>>();

function valuesByTime(series: Series): ReadonlyMap<number, number> {
  let known = byTime.get(series);
  if (!known) {
    known = new Map(series.times.map((time, index) => [time, finite(series.values[index]) ?? 0]));
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
    const { upper, isStacked } = stackedValues(line, lines);
    for (const value of upper) {
      const drawn = finite(value);
      if (drawn === null) continue;
      low = Math.min(low, drawn);
      high = Math.max(high, drawn);
    }
    if (isStacked || line.options.custom.drawStyle === 'bars') low = Math.min(low, 0);
  }
  return [low, high];
}
