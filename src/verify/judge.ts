import type { QueryData } from './data.ts';
import type { Probe } from './probes.ts';
import type { Verdict } from './result.ts';

/** What a query's data means for its panel. */
export interface Judgement {
  readonly verdict: Exclude<Verdict, 'error' | 'not-asked'>;
  readonly explanation: string | undefined;
}

/** What decides beside the data. */
export interface JudgeOptions {
  readonly expectNonzero: boolean;
  /** Why no fresh samples can come, when that is so. */
  readonly sourceTrouble: string | undefined;
}

/** Says whether data is what the panel should show. An empty answer is explained elsewhere: that takes more questions. */
export function judge(probe: Probe, data: QueryData, options: JudgeOptions): Judgement {
  const { emptyInHealth } = probe;
  const { sourceTrouble } = options;
  if (sourceTrouble !== undefined && data.count === 0)
    return { verdict: 'stale', explanation: `${sourceTrouble}, so that it is empty says nothing` };
  if (emptyInHealth !== undefined)
    return data.count === 0
      ? { verdict: 'declared-empty', explanation: emptyInHealth }
      : {
          verdict: 'undeclared-data',
          explanation: `declared to be empty in health (${emptyInHealth}), but there is data`,
        };
  if (data.count === 0) return { verdict: 'empty', explanation: undefined };
  if (sourceTrouble !== undefined)
    return { verdict: 'stale', explanation: `${sourceTrouble}; what it shows are its last samples` };
  const lag = lagSeconds(probe, data);
  if (lag !== undefined)
    return {
      verdict: 'stale',
      explanation: `its newest sample is ${lag} s older than the end of the window`,
    };
  if (options.expectNonzero && data.isZero) return { verdict: 'zero', explanation: 'every value is 0' };
  return { verdict: 'ok', explanation: undefined };
}

/** Points of the end of a window come at most so many steps late, and so many milliseconds for the scrape. */
const LATE_STEPS = 2;
const LATE_MS = 30_000;

/** Seconds that the series end before their window; undefined when they reach it. Lines of logs and traces may be rare. */
function lagSeconds({ query, window, stepMs }: Probe, { newest, unit }: QueryData): number | undefined {
  if (unit !== 'series' || newest === undefined || query.language !== 'promql') return undefined;
  const lag = window.to - newest;
  return lag > LATE_STEPS * stepMs + LATE_MS ? Math.round(lag / 1000) : undefined;
}
