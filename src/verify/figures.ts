import type { QueryRow, Verdict, VerifyResult } from './result.ts';

/** What verdicts are called in reports. */
export const VERDICT_WORDS = {
  ok: 'ok',
  empty: 'no data',
  stale: 'stale',
  zero: 'only zeros',
  'declared-empty': 'empty, as declared',
  'undeclared-data': 'data, though declared empty',
  error: 'error',
  'not-asked': 'not asked',
} as const satisfies { readonly [Name in Verdict]: string };

/** `12 series`, `1 trace`. */
export function countText({ series, unit }: Pick<QueryRow, 'series' | 'unit'>): string {
  const one = unit === 'series' ? 'series' : unit.slice(0, -1);
  return `${series} ${series === 1 ? one : unit}`;
}

/** How long ago the newest sample was: `3 s ago`, `in 2 s` for one of the future, empty when unknown. */
export function ageText(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  const size = Math.abs(seconds);
  const [amount, unit] = size < 120 ? [size, 's'] : size < 7200 ? [size / 60, 'min'] : [size / 3600, 'h'];
  return seconds < -1 ? `in ${Math.round(amount)} ${unit}` : `${Math.round(amount)} ${unit} ago`;
}

/** The value of a single series, from the smallest to the largest of several; empty when there is none. */
export function valueText({ value, spread }: Pick<QueryRow, 'value' | 'spread'>): string {
  if (value === undefined || spread === undefined) return '';
  const [least, most] = spread.map(numberText);
  return least === most ? numberText(value) : `${least} … ${most}`;
}

/** At most four digits that count. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  return String(Number(value.toPrecision(4)));
}

/** One line on what was found: `5 of 6 queries as they should be, 1 not asked · 2 of 3 checks hold`. */
export function summaryText({ rows, checks }: Pick<VerifyResult, 'rows' | 'checks'>): string {
  const unasked = rows.filter(({ verdict }) => verdict === 'not-asked').length;
  const asked = rows.length - unasked;
  const good = rows.filter(({ verdict }) => verdict === 'ok' || verdict === 'declared-empty').length;
  const checked = checks.filter(({ verdict }) => verdict !== 'not-asked');
  const held = checked.filter(({ verdict }) => verdict === 'ok').length;
  const queries = `${good} of ${asked} ${asked === 1 ? 'query' : 'queries'} as they should be`;
  const rest = unasked === 0 ? '' : `, ${unasked} not asked`;
  return `${queries}${rest} · ${held} of ${checked.length} ${checked.length === 1 ? 'check holds' : 'checks hold'}`;
}

/** Rows by dashboard, in their order. */
export function byDashboard(rows: readonly QueryRow[]): readonly (readonly [string, readonly QueryRow[]])[] {
  const groups = new Map<string, QueryRow[]>();
  for (const row of rows) {
    const key = row.dashboard.file;
    const group = groups.get(key) ?? [];
    group.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => [
    group[0]?.dashboard.title || group[0]?.dashboard.file || '',
    group,
  ]);
}
