import type { Rule } from '../../model/rule.ts';
import { judgeSelector } from '../../query/judge-selector.ts';
import { callsIn } from '../../query/promql-node.ts';
import { checkExpressions } from '../check-expressions.ts';

const OF_COUNTERS = new Set(['rate', 'irate', 'increase']);

/** `rate` takes each fall of a gauge for a restart of its counter: what it gives is not the gauge's change. */
export const queryRateOverGauge: Rule = {
  id: 'query-rate-over-gauge',
  summary: 'rate, irate or increase is taken of a gauge',
  severity: 'data',
  fix: 'none',
  related: ['query-rate-of-sum', 'query-counter-without-rate'],
  check: checkExpressions((expression, scope) =>
    callsIn(expression).flatMap((node) => {
      const range = OF_COUNTERS.has(node.name) ? node.args[0] : undefined;
      if (range?.kind !== 'range' || range.of.kind !== 'selector') return [];
      const { sources } = judgeSelector(scope, range.of);
      const isGauge = sources.length > 0 && sources.every(({ metric }) => metric.type === 'gauge');
      const instead = node.name === 'increase' ? 'delta()' : 'deriv()';
      return isGauge
        ? [
            {
              message: `Wrong function ${node.name}() for the gauge ${range.of.name}: it takes each fall for a restart; the change of a gauge is ${instead}`,
              span: node.span,
            },
          ]
        : [];
    }),
  ),
};
