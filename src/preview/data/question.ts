import type { PanelQuery } from '../../model/dashboard.ts';
import type { LogLine, TimeRange } from '../model.ts';

/** One query as it is sent: variables replaced, with the time it is about. */
export interface Question {
  readonly query: PanelQuery;
  /** The query's text with every variable replaced. */
  readonly expr: string;
  readonly range: TimeRange;
  /** Milliseconds between two values. */
  readonly step: number;
}

/** The numbers of one series, not named yet. */
export interface RawSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** What came back. */
export type Answer =
  | { readonly kind: 'series'; readonly series: readonly RawSeries[]; readonly note?: string }
  | { readonly kind: 'logs'; readonly lines: readonly LogLine[] }
  /** There is no answer here, and that is no mistake: the note says why. */
  | { readonly kind: 'unknown'; readonly note: string }
  | { readonly kind: 'error'; readonly message: string };

/** Where answers come from: a server, a recording, or the sample. */
export type Ask = (question: Question) => Promise<Answer>;
