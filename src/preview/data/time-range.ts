import { UsageError } from '../../model/usage-error.ts';
import type { TimeRange } from '../model.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_592_000_000,
  y: 31_536_000_000,
};

/** The default where neither the dashboard nor the user says anything. */
const DEFAULT = { from: 'now-15m', to: 'now' };

/**
 * A time range as dashboards and people write it: `now-6h`, `now/d`, a date, or milliseconds since 1970. Months count
 * 30 days. What a dashboard has that is no moment is its default.
 *
 * @throws UsageError when the end is not after the beginning
 */
export function timeRange(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: number,
  timeZone = 'UTC',
): TimeRange {
  const [start, end] = [
    readMoment(from ?? DEFAULT.from, now) ?? now - 900_000,
    readMoment(to ?? DEFAULT.to, now, true) ?? now,
  ];
  if (!(start < end)) throw new UsageError(`Expected the time range ${from} to ${to} to end after it begins`);
  return { from: start, to: end, timeZone };
}

/** One moment in milliseconds since 1970; undefined when it is none. `isEnd` rounds `now/d` up instead of down. */
export function readMoment(text: string, now: number, isEnd = false): number | undefined {
  const relative = /^now((?:[+-]\d+(?:ms|[smhdwMy]))*)(?:\/([smhdw]))?$/.exec(text.trim());
  if (!relative) return absolute(text.trim());
  let moment = now;
  for (const [, sign, amount, unit = ''] of (relative[1] ?? '').matchAll(/([+-])(\d+)(ms|[smhdwMy])/g))
    moment += (sign === '-' ? -1 : 1) * Number(amount) * (UNIT_MS[unit] ?? 0);
  const rounding = UNIT_MS[relative[2] ?? ''];
  if (!rounding) return moment;
  // 1970 began on a Thursday, weeks begin on Monday.
  const shift = relative[2] === 'w' ? 3 * 86_400_000 : 0;
  const floor = Math.floor((moment + shift) / rounding) * rounding - shift;
  return isEnd ? floor + rounding - 1 : floor;
}

function absolute(text: string): number | undefined {
  if (/^\d{10,14}$/.test(text)) return text.length <= 10 ? Number(text) * 1000 : Number(text);
  if (!/^\d{4}-\d{2}/.test(text)) return undefined;
  const parsed = Date.parse(
    /[zZ]|[+-]\d{2}:?\d{2}$/.test(text) ? text : `${text.replace(' ', 'T')}${text.includes(':') ? 'Z' : ''}`,
  );
  return Number.isNaN(parsed) ? undefined : parsed;
}
