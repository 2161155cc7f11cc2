import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import { checkSelectors, scrapedHere } from '../check-selectors.ts';

/** A `job` that no scrape job of the server has. */
export const queryJobUnknown: Rule = {
  id: 'query-job-unknown',
  summary: 'A query asks for a job that the Prometheus of the tree does not scrape',
  severity: 'data',
  fix: 'none',
  related: ['query-metric-not-in-job'],
  check: checkSelectors(['job-unknown'], ({ matcher, jobs }, scope) => ({
    message: `Unknown job "${matcher.value}": ${matcher.op === '=~' ? 'no scrape job matches it' : 'no scrape job has that name'}${nearestHint(matcher.value ?? '', jobs)}`,
    related: scrapedHere(scope),
  })),
};
