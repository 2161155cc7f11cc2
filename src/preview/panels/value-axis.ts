import { type Range, valueRange, valueTicks } from '../draw/scales.ts';
import { fitted, textAt, textWidth } from '../draw/text.ts';
import { type FieldOptions, fieldOptions } from '../field/field-options.ts';
import { number, object } from '../field/json.ts';
import { formatValue, plainText } from '../format/format-value.ts';
import type { Box } from '../model.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import type { PlottedSeries } from './plotted-series.ts';
import { stackedExtent } from './time-series-line.ts';

const SIZE = 12;

/** The axis of values, left or right of a plot. */
export interface ValueAxis {
  readonly range: Range;
  /** Whether all values lie between its ends. */
  readonly holdsAll: boolean;
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
  /** Pixels of the widest label. */
  readonly width: number;
  readonly isHidden: boolean;
  readonly isLog: boolean;
  readonly logBase: number;
  readonly title: string;
}

/** The axis that lines share; the panel's own options where there are no lines. */
export function axisOf(lines: readonly PlottedSeries[], height: number, drawing: SeriesDrawing): ValueAxis {
  return valueAxis(lines[0]?.options ?? fieldOptions(drawing.panel), stackedExtent(lines), height, drawing);
}

/** The axis for values between a lowest and a highest. */
export function valueAxis(
  options: FieldOptions,
  [low, high]: Range,
  height: number,
  { box }: SeriesDrawing,
): ValueAxis {
  const scale = object(options.custom.scaleDistribution);
  const isLog = scale.type === 'log';
  const soft = [number(options.custom.axisSoftMin), number(options.custom.axisSoftMax)];
  const lowest = Math.min(low, soft[0] ?? low);
  const highest = Math.max(high, soft[1] ?? high);
  const isPercent = object(options.custom.stacking).mode === 'percent';
  const unit = isPercent ? 'percentunit' : options.unit;
  const range: Range = isLog
    ? logRange(lowest, highest)
    : isPercent
      ? [0, 1]
      : valueRange(lowest, highest, options.min, options.max);
  const { values, step } = isLog ? { values: logTicks(range), step: 0 } : valueTicks(range, height);
  const digits = String(step).split('.')[1]?.length ?? 0;
  const labels = values.map((value) => axisLabel(value, unit, options.decimals, digits));
  const most = Math.max(30, box.width * 0.3);
  const fittedLabels = labels.map((label) => fitted(label, most, SIZE));
  return {
    range,
    holdsAll: low >= range[0] && high <= range[1],
    ticks: values,
    labels: fittedLabels,
    width: Math.max(0, ...fittedLabels.map((label) => textWidth(label, SIZE))),
    isHidden: options.custom.axisPlacement === 'hidden',
    isLog,
    logBase: number(scale.log) ?? 10,
    title: typeof options.custom.axisLabel === 'string' ? options.custom.axisLabel : '',
  };
}

/** Written with the digits that the step needs, but no zeros at the end. */
function axisLabel(
  value: number,
  unit: string | undefined,
  decimals: number | undefined,
  digits: number,
): string {
  const formatted = formatValue(value, unit, decimals ?? (digits > 0 ? digits : undefined));
  const trimmed = Number(formatted.text);
  return plainText(
    decimals === undefined && digits > 0 && Number.isFinite(trimmed)
      ? { ...formatted, text: String(trimmed) }
      : formatted,
  );
}

function logRange(low: number, high: number): Range {
  const top = high > 0 && Number.isFinite(high) ? high : 10;
  const bottom = low > 0 && Number.isFinite(low) ? low : top / 1000;
  return [
    10 ** Math.floor(Math.log10(bottom)),
    10 ** Math.max(Math.ceil(Math.log10(top)), Math.floor(Math.log10(bottom)) + 1),
  ];
}

function logTicks([low, high]: Range): number[] {
  const from = Math.round(Math.log10(low));
  const to = Math.round(Math.log10(high));
  const every = Math.ceil((to - from) / 8);
  return Array.from(
    { length: Math.floor((to - from) / every) + 1 },
    (_, index) => 10 ** (from + index * every),
  );
}

/** Where a value stands on an axis: 0 at its beginning, 1 at its end. */
export function shareOf(value: number, { range, isLog }: ValueAxis): number {
  const [low, high] = range;
  if (!isLog) return (value - low) / (high - low);
  return Math.log(Math.max(value, low) / low) / Math.log(high / low);
}

/** Its labels and its title. */
export function axisTexts(
  axis: ValueAxis,
  plot: Box,
  side: 'left' | 'right',
  { theme, box }: SeriesDrawing,
): string[] {
  if (axis.isHidden) return [];
  const x = side === 'left' ? plot.x - 5 : plot.x + plot.width + 5;
  const anchor = side === 'left' ? 'end' : 'start';
  const labels = axis.ticks.map((value, index) =>
    textAt(axis.labels[index] ?? '', x, plot.y + (1 - shareOf(value, axis)) * plot.height, {
      size: SIZE,
      color: theme.text,
      anchor,
    }),
  );
  if (axis.title === '') return labels;
  const middle = plot.y + plot.height / 2;
  const at = side === 'left' ? box.x + 14 : box.x + box.width - 14;
  const title = textAt(fitted(axis.title, plot.height, SIZE), 0, 0, {
    size: SIZE,
    color: theme.text,
    anchor: 'middle',
  });
  return [...labels, `<g transform="translate(${at} ${middle}) rotate(-90)">${title}</g>`];
}

/** The labels of an axis that lies below a plot, as far as they have room beside each other, and its title. */
export function horizontalAxisTexts(axis: ValueAxis, plot: Box, { theme, box }: SeriesDrawing): string[] {
  if (axis.isHidden) return [];
  const style = { size: SIZE, color: theme.text, anchor: 'middle' } as const;
  let end = box.x;
  const labels = axis.ticks.flatMap((value, index) => {
    const label = axis.labels[index] ?? '';
    const x = plot.x + shareOf(value, axis) * plot.width;
    const half = textWidth(label, SIZE) / 2;
    if (x - half < end || x + half > box.x + box.width - 4) return [];
    end = x + half + 6;
    return [textAt(label, x, plot.y + plot.height + 15, style)];
  });
  const title = textAt(
    fitted(axis.title, plot.width, SIZE),
    plot.x + plot.width / 2,
    plot.y + plot.height + 33,
    style,
  );
  return axis.title === '' ? labels : [...labels, title];
}
