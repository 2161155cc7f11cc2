import type { Rule } from '../../model/rule.ts';
import { type BucketLabel, bucketLabel } from '../../query/bucket-label.ts';
import { callsIn } from '../../query/promql-node.ts';
import { checkExpressions, type ExpressionMistake } from '../check-expressions.ts';

/** A quantile of series without `le`: Prometheus finds no buckets in them and gives nothing. */
export const queryQuantileWithoutLe: Rule = {
  id: 'query-quantile-without-le',
  summary: 'histogram_quantile gets series without the label le',
  severity: 'data',
  fix: 'none',
  related: ['query-quantile-without-rate'],
  check: checkExpressions((expression, scope) =>
    callsIn(expression).flatMap((node) => {
      const vector = node.name === 'histogram_quantile' ? node.args[1] : undefined;
      return vector ? mistakeOf(bucketLabel(scope, vector)) : [];
    }),
  ),
};

function mistakeOf(label: BucketLabel): ExpressionMistake[] {
  switch (label.kind) {
    case 'there':
    case 'unknown':
      return [];
    case 'aggregated': {
      const { op, grouping, span } = label.by;
      const remedy =
        grouping?.mode === 'without'
          ? 'take le out of its without()'
          : `write ${op} by (${['le', ...(grouping?.labels ?? []).map(({ name }) => name)].join(', ')})`;
      return [
        { message: `Missing label le: ${op}() takes it away before histogram_quantile(); ${remedy}`, span },
      ];
    }
    case 'no-buckets':
      return [
        {
          message: `Missing label le: ${label.selector.name} has no buckets; histogram_quantile() takes the _bucket series of a histogram`,
          span: label.selector.nameSpan,
        },
      ];
    default:
      return label satisfies never;
  }
}
