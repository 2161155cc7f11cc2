import type { TimeRange } from '../model.ts';
import { textWidth } from './text.ts';

/** Whether all of rising times lie in a range. */
export function areWithin(times: readonly number[], { from, to }: Pick<TimeRange, 'from' | 'to'>): boolean {
  return times.length === 0 || ((times[0] ?? 0) >= from && (times[times.length - 1] ?? 0) <= to);
}

/** The lowest and highest value of an axis. */
export type Range = readonly [low: number, high: number];

/** A value that can be drawn; null for a gap, for what is no number, and for sizes whose differences are none. */
export function drawable(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Math.abs(value) < 1e300 ? value : null;
}

/**
 * The range of a value axis around its data: a tenth of its height free above and below, but 0 is not crossed, rounded
 * to a tenth of its order of magnitude. Data that is always the same gets room of its own size. `min` and `max` are as
 * configured.
 */
export function valueRange(low: number, high: number, min?: number, max?: number): Range {
  if (!(low <= high)) return usable(min ?? 0, max ?? (min === undefined ? 100 : min + 1));
  const spread = high - low;
  const size = spread || Math.abs(high) || 1000;
  const free = spread === 0 ? (high === 0 ? 0.1 : 1) * size : 0.1 * size;
  const unit = 10 ** Math.floor(Math.log10(size)) / 10;
  const below = tidy(Math.floor(tidy((low - free) / unit)) * unit);
  const above = tidy(Math.ceil(tidy((high + free) / unit)) * unit);
  return usable(
    min ?? (low >= 0 && below < 0 ? 0 : below),
    max ?? (high <= 0 && low < 0 && above > 0 ? 0 : above),
  );
}

/** An axis needs some length, whatever the data or the dashboard says. */
function usable(low: number, high: number): Range {
  return low < high && Number.isFinite(high - low)
    ? [low, high]
    : [Math.min(low, high) || 0, (Math.min(low, high) || 0) + 1];
}

/** Pixels between the lines of a value axis, at least. */
const VALUE_SPACE = 30;

/** Round values of an axis: steps of 1, 2, 2.5 or 5 times a power of ten, at least 30 pixels apart. */
export function valueTicks(
  [low, high]: Range,
  pixels: number,
): { readonly values: number[]; readonly step: number } {
  const least = ((high - low) * VALUE_SPACE) / Math.max(pixels, VALUE_SPACE);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = tidy(
    (([1, 2, 2.5, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10) as number) * power,
  );
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return {
    values: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => tidy((first + index) * step)),
    step,
  };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [
  ...[1, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((count) => count * HOUR),
  ...[1, 2, 3, 4, 5, 7, 10, 15, 30, 60, 90, 180, 365, 730, 1825].map((count) => count * DAY),
];

/** Moments of a time axis and how they are written. Times are milliseconds since 1970. */
export function timeTicks(
  { from, to, timeZone }: TimeRange,
  pixels: number,
): readonly { readonly time: number; readonly text: string }[] {
  const range = Math.max(1, to - from);
  // As wide as a label would be with one each 40 pixels, and 18 between them: Grafana's measure too.
  const sample = timeWriter((40 * range) / Math.max(1, pixels), range, timeZone)(from);
  const space = textWidth(sample, 12) + 18;
  const step =
    TIME_STEPS.find((each) => (each / range) * pixels >= space) ??
    Math.ceil(range / (5 * 365 * DAY)) * 5 * 365 * DAY;
  // Steps begin at the zone's midnight.
  const shift = zoneOffset(from, timeZone);
  const first = Math.ceil((from + shift) / step) * step - shift;
  const write = timeWriter(step, range, timeZone);
  const ticks: { time: number; text: string }[] = [];
  for (let time = first; time <= to && ticks.length < 200; time += step)
    ticks.push({ time, text: write(time) });
  return ticks;
}

/** Writes moments as an axis of this length does, whose labels are a step apart. Milliseconds. */
export function timeWriter(step: number, range: number, timeZone: string): (time: number) => string {
  return (time) => {
    const iso = new Date(time + zoneOffset(time, timeZone)).toISOString();
    const [date = '', clock = ''] = iso.split('T');
    const day = date.slice(5).replace('-', '/');
    if (step <= MINUTE) return clock.slice(0, 8);
    if (range <= DAY) return clock.slice(0, 5);
    if (step <= DAY) return `${day} ${clock.slice(0, 5)}`;
    if (range < 365 * DAY) return day;
    return date.slice(0, step < 365 * DAY ? 7 : 4);
  };
}

/** Milliseconds by which the zone's clocks are ahead of UTC at a moment; 0 for a zone that is not known. */
export function zoneOffset(time: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
      time,
    );
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):?(\d+)?/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
  } catch {
    return 0;
  }
}

/** Without the last digits that calculating with fractions of ten leaves. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
