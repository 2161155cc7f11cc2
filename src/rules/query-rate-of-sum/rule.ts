import type { Rule } from '../../model/rule.ts';
import type { ExpressionScope } from '../../query/expression-scope.ts';
import { judgeSelector } from '../../query/judge-selector.ts';
import { callsIn, type PromqlNode } from '../../query/promql-node.ts';
import { checkExpressions } from '../check-expressions.ts';

const OF_COUNTERS = new Set(['rate', 'irate', 'increase']);

/** A sum of counters falls when one of them restarts or goes away, and `rate` adds the whole rest as an increase. */
export const queryRateOfSum: Rule = {
  id: 'query-rate-of-sum',
  summary: 'rate, irate or increase is taken of a sum of counters',
  severity: 'data',
  fix: 'none',
  related: ['query-syntax', 'query-rate-over-gauge'],
  check: checkExpressions((expression, scope) =>
    callsIn(expression).flatMap((node) => {
      const range = OF_COUNTERS.has(node.name) ? node.args[0] : undefined;
      if (range?.kind !== 'subquery') return [];
      const sum = range.of;
      if (sum.kind !== 'aggregation' || (sum.op !== 'sum' && sum.op !== 'avg')) return [];
      return isCounter(sum.args[0], scope)
        ? [
            {
              message: `Wrong order of ${node.name}() and ${sum.op}(): take ${node.name}() of each counter, then ${sum.op}() of what it gives; the restart of one counter looks like an increase of all`,
              span: node.span,
            },
          ]
        : [];
    }),
  ),
};

/** By the catalogue, or else by the ending that counters have. */
function isCounter(node: PromqlNode | undefined, scope: ExpressionScope): boolean {
  if (node?.kind !== 'selector' || node.name === undefined || node.name.includes(':')) return false;
  const { sources } = judgeSelector(scope, node);
  if (sources.length === 0) return /_(?:total|bucket|count)$/.test(node.name);
  return sources.every(
    ({ metric, part }) => metric.type === 'counter' || /^(?:bucket|sum|count)$/.test(part),
  );
}
