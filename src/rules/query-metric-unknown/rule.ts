import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import { checkSelectors, scrapedHere } from '../check-selectors.ts';

/** A metric that the job does not export, by a catalogue that lists everything the job exports. */
export const queryMetricUnknown: Rule = {
  id: 'query-metric-unknown',
  summary: 'A query asks a job for a metric that the job does not export',
  severity: 'data',
  fix: 'none',
  related: ['query-metric-not-in-job', 'query-job-unknown'],
  check: checkSelectors(['metric-unknown'], ({ name, job, known }, scope) => ({
    message: `Unknown metric ${name}: the catalogue of job "${job}" does not list it${nearestHint(name, known)}`,
    related: scrapedHere(scope, job),
  })),
};
