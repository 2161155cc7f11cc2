import type { Rule } from '../../model/rule.ts';
import type { Matcher } from '../../query/promql-node.ts';
import { checkSelectors } from '../check-selectors.ts';

/** Matchers that no series can fulfil. */
export const querySelectorNeverMatches: Rule = {
  id: 'query-selector-never-matches',
  summary: 'The matchers of a selector contradict each other, or one is an empty pattern',
  severity: 'data',
  fix: 'none',
  related: ['query-label-value-unknown'],
  check: checkSelectors(['contradiction', 'empty-regex'], (mistake) => {
    if (mistake.kind === 'empty-regex')
      return {
        message: `Empty pattern in ${printed(mistake.matcher)}: it takes only series without the label, of which there are none`,
      };
    const [first, second] = mistake.matchers.map(printed);
    return {
      message: second
        ? `Contradictory matchers ${first} and ${second}: no series fulfils both`
        : `Impossible matcher ${first}: no series fulfils it`,
    };
  }),
};

function printed({ label, op, value }: Matcher): string {
  return `${label}${op}${JSON.stringify(value)}`;
}
