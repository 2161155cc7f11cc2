import { fixedDecimals } from './fixed-decimals.ts';
import type { FormattedValue } from './format-value.ts';

/** Grafana's units of time: amounts of one unit, spelled-out durations (`dt…`), and clocks. */
export type DurationUnit =
  | 'ns'
  | 'µs'
  | 'ms'
  | 's'
  | 'm'
  | 'h'
  | 'd'
  | 'timeticks'
  | 'dtdurationms'
  | 'dtdurations'
  | 'dthms'
  | 'dtdhms'
  | 'clockms'
  | 'clocks';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const YEAR = 365 * DAY;

/** A duration as Grafana writes it: in the largest unit of time that leaves at least 1. */
export function formatDuration(value: number, unit: DurationUnit, decimals?: number): FormattedValue {
  switch (unit) {
    case 'timeticks':
      return formatDuration(value / 100, 's', decimals);
    case 'dtdurationms':
      return spelledOut(value, 'millisecond', 0.001, decimals);
    case 'dtdurations':
      return spelledOut(value, 'second', 1, decimals);
    case 'dthms':
      return signed(value, hoursMinutesSeconds);
    case 'dtdhms':
      return signed(value, daysHoursMinutesSeconds);
    case 'clockms':
      return { text: clock(value, decimals) };
    case 'clocks':
      return { text: clock(value * 1000, decimals) };
    case 'ns':
    case 'µs':
    case 'ms':
    case 's':
    case 'm':
    case 'h':
    case 'd':
      return inLargestUnit(value, unit, decimals);
    default:
      return unit satisfies never;
  }
}

/** Below `until` (in the unit asked for) a number is divided by `by` and followed by the symbol. */
type Step = readonly [until: number, by: number, symbol: string];

// Which steps a unit has, and that a year has another length for some of them, is Grafana's.
const STEPS: Readonly<Record<'ns' | 'µs' | 'ms' | 's' | 'm' | 'h' | 'd', readonly Step[]>> = {
  ns: [
    [1e3, 1, ' ns'],
    [1e6, 1e3, ' µs'],
    [1e9, 1e6, ' ms'],
    [MINUTE * 1e9, 1e9, ' s'],
    [HOUR * 1e9, MINUTE * 1e9, ' min'],
    [DAY * 1e9, HOUR * 1e9, ' hour'],
    [Infinity, DAY * 1e9, ' day'],
  ],
  µs: [
    [1e3, 1, ' µs'],
    [1e6, 1e3, ' ms'],
    [Infinity, 1e6, ' s'],
  ],
  ms: [
    [1e3, 1, ' ms'],
    [MINUTE * 1e3, 1e3, ' s'],
    [HOUR * 1e3, MINUTE * 1e3, ' min'],
    [DAY * 1e3, HOUR * 1e3, ' hour'],
    [YEAR * 1e3, DAY * 1e3, ' day'],
    [Infinity, YEAR * 1e3, ' year'],
  ],
  s: [
    [1e-6, 1e-9, ' ns'],
    [1e-3, 1e-6, ' µs'],
    [1, 1e-3, ' ms'],
    [MINUTE, 1, ' s'],
    [HOUR, MINUTE, ' min'],
    [DAY, HOUR, ' hour'],
    [WEEK, DAY, ' day'],
    [YEAR, WEEK, ' week'],
    [Infinity, 31_556_900, ' year'],
  ],
  m: [
    [60, 1, ' min'],
    [1440, 60, ' hour'],
    [10_080, 1440, ' day'],
    [604_800, 10_080, ' week'],
    [Infinity, 525_948, ' year'],
  ],
  h: [
    [24, 1, ' hour'],
    [168, 24, ' day'],
    [8760, 168, ' week'],
    [Infinity, 8760, ' year'],
  ],
  d: [
    [7, 1, ' day'],
    [365, 7, ' week'],
    [Infinity, 365, ' year'],
  ],
};

function inLargestUnit(
  value: number,
  unit: keyof typeof STEPS,
  decimals: number | undefined,
): FormattedValue {
  if (unit === 's' && value === 0) return { text: '0', suffix: ' s' };
  const steps = STEPS[unit];
  const step = steps.find(([until]) => Math.abs(value) < until) ?? steps[steps.length - 1];
  const [, by, symbol] = step ?? [0, 1, ''];
  // Multiplying by 1000 and dividing by 0.001 do not always give the same last digit.
  const amount = by < 1 ? value * Math.round(1 / by) : value / by;
  const isWord = /min|hour|day|week|year/.test(symbol);
  const isFirst = by === 1 && unit !== 'd';
  return {
    text: fixedDecimals(amount, decimals),
    suffix: isWord && !isFirst && Math.abs(amount) > 1 ? `${symbol}s` : symbol,
  };
}

const WORDS: readonly (readonly [name: string, seconds: number])[] = [
  ['year', YEAR],
  ['month', 30 * DAY],
  ['week', WEEK],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', 1],
  ['millisecond', 0.001],
];

/** `1 hour, 2 minutes`: as many words as decimals, and one. */
function spelledOut(value: number, unit: string, seconds: number, decimals = 0): FormattedValue {
  if (value === 0) return { text: '0', suffix: ` ${unit}s` };
  if (value < 0) return { ...spelledOut(-value, unit, seconds, decimals), suffix: ' ago' };
  let left = value * seconds * 1000;
  const words: string[] = [];
  for (const [name, length] of WORDS) {
    const amount = Math.floor(left / (length * 1000));
    if ((amount < 1 && words.length === 0) || words.length > decimals) continue;
    words.push(`${amount} ${name}${amount === 1 ? '' : 's'}`);
    left %= length * 1000;
  }
  return { text: words.join(', ') };
}

function signed(value: number, write: (seconds: number) => string): FormattedValue {
  return value < 0 ? { text: write(-value), suffix: ' ago' } : { text: write(value) };
}

function hoursMinutesSeconds(seconds: number): string {
  return [seconds / HOUR, (seconds % HOUR) / MINUTE, seconds % MINUTE]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}

function daysHoursMinutesSeconds(seconds: number): string {
  const days = Math.floor(seconds / DAY);
  return `${days > 0 ? `${days} d ` : ''}${hoursMinutesSeconds(seconds - days * DAY)}`;
}

/** `02h:03m:04s:005ms`, from the largest part on; `decimals` is how many parts follow it. */
function clock(milliseconds: number, decimals = 3): string {
  const pad = (value: number, length: number) => String(Math.floor(value)).padStart(length, '0');
  const ms = `${pad(((milliseconds % 1000) + 1000) % 1000, 3)}ms`;
  if (milliseconds < 1000) return ms;
  const seconds = `${pad((milliseconds / 1000) % 60, 2)}s`;
  if (milliseconds < 60_000) return (decimals === 0 ? [seconds] : [seconds, ms]).join(':');
  const minutes = `${pad((milliseconds / 60_000) % 60, 2)}m`;
  const parts = [minutes, seconds, ms];
  if (milliseconds < 3_600_000) return parts.slice(0, decimals <= 1 ? decimals + 1 : 3).join(':');
  return [`${Math.floor(milliseconds / 3_600_000)}h`, ...parts].slice(0, Math.min(decimals, 3) + 1).join(':');
}
