import type { Rule } from '../../model/rule.ts';
import type { ExpressionScope } from '../../query/expression-scope.ts';
import { judgeSelector } from '../../query/judge-selector.ts';
import { namedValues } from '../../query/matched-values.ts';
import { type Matcher, type Selector, selectorsIn } from '../../query/promql-node.ts';
import { checkExpressions } from '../check-expressions.ts';

/** Prometheus 3 stores whole bounds of buckets with a decimal place, so that `le="1"` finds nothing. */
export const queryLeNotNormalised: Rule = {
  id: 'query-le-not-normalised',
  summary: 'A whole number as value of le, which Prometheus 3 stores with a decimal place',
  severity: 'data',
  fix: 'none',
  related: ['query-label-value-unknown'],
  check: checkExpressions((expression, scope) =>
    selectorsIn(expression).flatMap((selector) => {
      if (!isNormalised(selector, scope)) return [];
      return selector.matchers.flatMap((matcher) =>
        matcher.label === 'le' && hasPlainBound(matcher)
          ? [
              {
                message: `Expected le${matcher.op}"${matcher.value}" to be le${matcher.op}"${normalised(matcher)}": Prometheus 3 stores whole bounds with a decimal place`,
                span: matcher.span,
              },
            ]
          : [],
      );
    }),
  ),
};

/** Scraped by Prometheus 3 or later; what is written into it by others is stored as it comes. */
function isNormalised(selector: Selector, scope: ExpressionScope): boolean {
  const { prometheus } = scope;
  if (!prometheus || (prometheus.major ?? 0) < 3 || !selector.name?.endsWith('_bucket')) return false;
  const { mistake, sources } = judgeSelector(scope, selector);
  return !mistake && (prometheus.complete || sources.length > 0) && !selector.name.includes(':');
}

function hasPlainBound(matcher: Matcher): boolean {
  const values = namedValues(matcher);
  return values?.some((value) => /^\d+$/.test(value) && !values.includes(`${value}.0`)) ?? false;
}

function normalised({ op, value = '' }: Matcher): string {
  const point = op === '=~' ? '\\\\.' : '.';
  return value.replace(/(^|\|)(\d+)(?=$|\|)/g, `$1$2${point}0`);
}
