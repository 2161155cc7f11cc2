import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import { checkSelectors } from '../check-selectors.ts';

/** A label is asked for a value that it never has. */
export const queryLabelValueUnknown: Rule = {
  id: 'query-label-value-unknown',
  summary: 'A query asks for a value that is outside of the closed set of a label',
  severity: 'data',
  fix: 'none',
  related: ['query-label-unknown'],
  check: checkSelectors(['label-value-unknown'], ({ matcher: { label = '', op, value = '' }, values }) => ({
    message:
      op === '='
        ? `Unknown value "${value}" of label ${label}${label === 'le' ? `, there is ${listed(bounds(values))}` : nearestHint(value, values)}`
        : `Unmatched pattern ${label}${op}"${value}": none of the label's values passes it, there is ${listed(values)}`,
  })),
};

function listed(values: readonly string[]): string {
  const shown = values.slice(0, 8).map((value) => `"${value}"`);
  return shown.join(', ') + (values.length > shown.length ? ', …' : '');
}

/** Each bound once; near in letters says nothing of numbers. */
function bounds(values: readonly string[]): string[] {
  return values.filter((value) => !values.includes(`${value}.0`));
}
