import type { Rule } from '../../model/rule.ts';
import type { ScrapeJob } from '../../model/scrape.ts';
import { type ExpressionScope, jobNames } from '../../query/expression-scope.ts';
import { judgeSelector } from '../../query/judge-selector.ts';
import { isDemand, takenBy } from '../../query/matched-values.ts';
import { printDuration } from '../../query/promql-literals.ts';
import { callsIn, type Selector } from '../../query/promql-node.ts';
import { checkExpressions } from '../check-expressions.ts';

/** Functions that need two samples in their window. */
const OF_TWO_SAMPLES = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'predict_linear']);
/** Of these, the ones whose result gets holes when a single scrape fails. */
const OF_MANY_SAMPLES = new Set(['rate', 'increase']);

/** A window with room for less than two scrapes holds no rate; below four, one lost scrape leaves a hole. */
export const queryWindowTooShort: Rule = {
  id: 'query-window-too-short',
  summary: 'The window of a rate is too short for the interval at which its series are scraped',
  severity: 'data',
  fix: 'none',
  check: checkExpressions((expression, scope) =>
    callsIn(expression).flatMap((node) => {
      const range = OF_TWO_SAMPLES.has(node.name) ? node.args[0] : undefined;
      if (range?.kind !== 'range' || range.of.kind !== 'selector') return [];
      const { window } = range;
      const job = window === undefined ? undefined : quickestJob(range.of, scope);
      if (window === undefined || !job || window >= 4 * job.intervalSeconds) return [];
      const isTooShort = window < 2 * job.intervalSeconds;
      if (!isTooShort && !OF_MANY_SAMPLES.has(node.name)) return [];
      const interval = printDuration(job.intervalSeconds);
      return [
        {
          severity: isTooShort ? 'data' : 'style',
          message: isTooShort
            ? `Too short window ${printDuration(window)} of ${node.name}(): job "${job.name}" is scraped every ${interval}, and two samples need twice that; write $__rate_interval or at least ${printDuration(4 * job.intervalSeconds)}`
            : `Short window ${printDuration(window)} of ${node.name}(): job "${job.name}" is scraped every ${interval}, and one failed scrape leaves a hole; write $__rate_interval or at least ${printDuration(4 * job.intervalSeconds)}`,
          span: range.windowSpan,
          related: [{ at: job.at, message: `job "${job.name}" is scraped every ${interval}` }],
        },
      ];
    }),
  ),
};

/** Of the jobs that the series can come from, the one scraped most often; undefined when others may be among them. */
function quickestJob(selector: Selector, scope: ExpressionScope): ScrapeJob | undefined {
  const { prometheus } = scope;
  // A series of a recording rule has a sample for each evaluation, not for each scrape.
  if (!prometheus || selector.name === undefined || selector.name.includes(':')) return undefined;
  const { mistake, sources } = judgeSelector(scope, selector);
  if (mistake) return undefined;
  const ofJob = selector.matchers.filter(({ label }) => label === 'job');
  if (sources.length === 0 && (!prometheus.complete || prometheus.jobs.some((job) => !jobNames(job))))
    return undefined;
  const possible =
    sources.length > 0
      ? prometheus.jobs.filter(({ name }) => sources.some((source) => source.job === name))
      : prometheus.jobs.filter(
          (job) => !ofJob.some(isDemand) || takenBy(ofJob, jobNames(job) ?? []).length > 0,
        );
  return possible.reduce<ScrapeJob | undefined>(
    (best, job) => (best && best.intervalSeconds <= job.intervalSeconds ? best : job),
    undefined,
  );
}
