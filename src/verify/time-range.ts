import { asRecord, asText } from '../load/record.ts';
import { intervalMs, UNITS } from './interval.ts';
import type { TimeWindow } from './prometheus-client.ts';

/** What decides which time a panel shows. */
export interface TimeChoice {
  /** The dashboard's `time`. */
  readonly time: unknown;
  /** The panel's own `timeFrom` and `timeShift`. */
  readonly timeFrom?: unknown;
  readonly timeShift?: unknown;
  /** Milliseconds up to now that win over the dashboard's time. */
  readonly sinceMs?: number | undefined;
}

/** The window that a panel asks for, in milliseconds since 1970; Grafana's own default is the last 6 hours. */
export function timeWindow(choice: TimeChoice, now: number): TimeWindow {
  const shift = intervalMs(choice.timeShift) ?? 0;
  const since = choice.sinceMs ?? intervalMs(choice.timeFrom);
  if (since !== undefined) return { from: now - since - shift, to: now - shift };
  const time = asRecord(choice.time);
  const from = moment(asText(time?.from) ?? 'now-6h', now, 'start');
  const to = moment(asText(time?.to) ?? 'now', now, 'end');
  const isUsable = from !== undefined && to !== undefined && from < to;
  return isUsable
    ? { from: from - shift, to: to - shift }
    : { from: now - 6 * UNITS.h - shift, to: now - shift };
}

/** `now-15m`, `now/d`, `now-1d/d`, a date, or milliseconds. Undefined when it is none of these. */
function moment(text: string, now: number, edge: 'start' | 'end'): number | undefined {
  const match = /^now((?:[+-]\d+(?:ms|[smhdwMy]))*)(?:\/([smhdwMy]))?$/.exec(text.replaceAll(' ', ''));
  if (!match) {
    const date = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
    return Number.isNaN(date) ? undefined : date;
  }
  let at = now;
  for (const [, sign, amount] of (match[1] ?? '').matchAll(/([+-])(\d+(?:ms|[smhdwMy]))/g))
    at += (sign === '-' ? -1 : 1) * (intervalMs(amount) ?? 0);
  return match[2] === undefined ? at : edgeOf(at, match[2], edge);
}

/** Start or end of the day, week, … in UTC: which time zone the reader's browser has is not known. */
function edgeOf(at: number, unit: string, edge: 'start' | 'end'): number {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const step = edge === 'end' ? 1 : 0;
  if (unit === 'y') return Date.UTC(year + step, 0) - step;
  if (unit === 'M') return Date.UTC(year, month + step) - step;
  if (unit === 'w') return Date.UTC(year, month, date.getUTCDate() - date.getUTCDay() + 7 * step) - step;
  const size = UNITS[unit] ?? 1;
  return Math.floor(at / size) * size + step * (size - 1);
}
