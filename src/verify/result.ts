import type { QueryLanguage } from '../model/dashboard.ts';
import type { QueryData } from './data.ts';

/** What `verify` found out about a running stack. */
export interface VerifyResult {
  /** What was asked: `Grafana 12.2.0 at http://localhost:3000`. */
  readonly stack: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly tookMs: number;
  /** The statements that are not about a query: servers, clocks, datasources, dashboards, correlation. */
  readonly checks: readonly Check[];
  readonly rows: readonly QueryRow[];
  /** Everything holds. What was not asked does not count, unless nothing was asked at all. */
  readonly holds: boolean;
}

/** One statement about the stack. */
export interface Check {
  readonly area: 'server' | 'datasource' | 'dashboard' | 'correlation';
  readonly name: string;
  readonly verdict: 'ok' | 'failed' | 'not-asked';
  /** What was seen, in one sentence. */
  readonly message: string;
  /** What mends it, where that is known. */
  readonly repair?: string | undefined;
}

/**
 * `ok`: data as expected · `empty`: none · `stale`: none of late · `zero`: nothing but zeros where `--expect-nonzero`
 * forbids it · `declared-empty`: none, as the definition says for a healthy system · `undeclared-data`: data where it
 * says there is none in health · `error`: no answer · `not-asked`: nothing there to ask.
 */
export type Verdict =
  | 'ok'
  | 'empty'
  | 'stale'
  | 'zero'
  | 'declared-empty'
  | 'undeclared-data'
  | 'error'
  | 'not-asked';

/** What one query of one panel came to. */
export interface QueryRow {
  readonly dashboard: { readonly title: string; readonly uid: string | undefined; readonly file: string };
  readonly panel: string;
  /** Its refId. */
  readonly query: string;
  readonly language: QueryLanguage;
  /** With variables resolved. */
  readonly expr: string;
  readonly datasource: string;
  /** How many series (lines, traces, rows: `unit`) came back. */
  readonly series: number;
  readonly unit: QueryData['unit'];
  readonly newestSampleAgeSeconds: number | undefined;
  /** The newest value of the first series. */
  readonly value: number | undefined;
  /** The smallest and the largest of the newest values of all series. */
  readonly spread: readonly [number, number] | undefined;
  readonly verdict: Verdict;
  /** Why it is not `ok`; also what was declared. */
  readonly explanation: string | undefined;
  /** Milliseconds that the query took. */
  readonly tookMs: number;
}

/** Whether a verdict lets the command succeed. */
export function isGood(verdict: Verdict | Check['verdict']): boolean {
  return verdict === 'ok' || verdict === 'declared-empty' || verdict === 'not-asked';
}
