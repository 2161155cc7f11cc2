import type { Rule } from '../../model/rule.ts';
import { callsIn, type PromqlNode, type Selector } from '../../query/promql-node.ts';
import { checkExpressions } from '../check-expressions.ts';

/** A quantile of raw buckets is one of everything since the program started: it hardly moves. */
export const queryQuantileWithoutRate: Rule = {
  id: 'query-quantile-without-rate',
  summary: 'histogram_quantile gets buckets without rate or increase',
  severity: 'style',
  fix: 'none',
  related: ['query-quantile-without-le', 'query-counter-without-rate'],
  check: checkExpressions((expression) =>
    callsIn(expression).flatMap((node) => {
      const vector = node.name === 'histogram_quantile' ? node.args[1] : undefined;
      const raw = vector && rawBuckets(vector);
      return raw
        ? [
            {
              message: `Quantile since the start: ${raw.name} counts from the program's start; write rate(${raw.name}[$__rate_interval]) inside`,
              span: raw.nameSpan,
            },
          ]
        : [];
    }),
  ),
};

/** Buckets that come through aggregations only. A recording rule, which has colons, holds a rate. */
function rawBuckets(node: PromqlNode): Selector | undefined {
  if (node.kind === 'selector')
    return node.name?.endsWith('_bucket') && !node.name.includes(':') ? node : undefined;
  const vector = node.kind === 'aggregation' ? node.args.at(-1) : undefined;
  return vector && rawBuckets(vector);
}
