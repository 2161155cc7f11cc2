import type { Rule } from '../../model/rule.ts';
import { checkSelectors, scrapedHere } from '../check-selectors.ts';

/** A metric that exists and comes from another job than the one asked for. */
export const queryMetricNotInJob: Rule = {
  id: 'query-metric-not-in-job',
  summary: 'A query asks a job for a metric that another job exports',
  severity: 'data',
  fix: 'none',
  related: ['query-metric-unknown', 'query-job-unknown'],
  check: checkSelectors(['metric-not-in-job'], ({ name, matcher, sources }, scope) => {
    const jobs = [...new Set(sources.map(({ job }) => `"${job}"`))];
    return {
      message: `Wrong job for ${name}: job${matcher.op}"${matcher.value}" does not export it, ${jobs.join(' and ')} ${jobs.length === 1 ? 'does' : 'do'}`,
      related: scrapedHere(scope, sources[0]?.job),
    };
  }),
};
