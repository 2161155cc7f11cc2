import type { ExpressionScope } from './expression-scope.ts';
import { judgeSelector } from './judge-selector.ts';
import type { Aggregation, PromqlNode, Selector } from './promql-node.ts';

/** Whether series carry the label `le` of classic histograms, and if not, what took it away. */
export type BucketLabel =
  | { readonly kind: 'there' }
  /** Gone by an aggregation. */
  | { readonly kind: 'aggregated'; readonly by: Aggregation }
  /** Never there: a metric that has no buckets. */
  | { readonly kind: 'no-buckets'; readonly selector: Selector }
  /** A native histogram, a recording rule, a variable: nothing can be said. */
  | { readonly kind: 'unknown' };

const UNKNOWN: BucketLabel = { kind: 'unknown' };

/** Follows `le` from a histogram's buckets through an expression. */
export function bucketLabel(scope: ExpressionScope, node: PromqlNode): BucketLabel {
  switch (node.kind) {
    case 'selector':
      return ofSelector(scope, node);
    case 'range':
    case 'subquery':
    case 'unary':
      return bucketLabel(scope, node.of);
    case 'call':
      return ofFunction(scope, node.name, node.args);
    case 'aggregation':
      return ofAggregation(scope, node);
    case 'binary': {
      const [scalar] = [node.left, node.right].filter(({ kind }) => kind === 'number');
      return scalar ? bucketLabel(scope, scalar === node.left ? node.right : node.left) : UNKNOWN;
    }
    case 'number':
    case 'string':
    case 'unknown':
      return UNKNOWN;
    default:
      return node satisfies never;
  }
}

function ofSelector(scope: ExpressionScope, selector: Selector): BucketLabel {
  const { name } = selector;
  if (name === undefined || name.includes(':')) return UNKNOWN;
  if (name.endsWith('_bucket')) return { kind: 'there' };
  const { sources } = judgeSelector(scope, selector);
  return sources.length > 0 ? { kind: 'no-buckets', selector } : UNKNOWN;
}

/** Functions that keep labels as they are and take one vector. */
const KEEPING =
  /^(?:rate|irate|increase|delta|idelta|deriv|resets|changes|\w+_over_time|abs|ceil|floor|round|clamp\w*|sort\w*)$/;

function ofFunction(scope: ExpressionScope, name: string, args: readonly PromqlNode[]): BucketLabel {
  const vector = args.find(({ kind }) => kind !== 'number' && kind !== 'string');
  return vector && KEEPING.test(name) ? bucketLabel(scope, vector) : UNKNOWN;
}

const CHOOSING = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);

function ofAggregation(scope: ExpressionScope, node: Aggregation): BucketLabel {
  const vector = node.args.at(-1);
  if (!vector) return UNKNOWN;
  const inner = bucketLabel(scope, vector);
  if (inner.kind !== 'there' || CHOOSING.has(node.op)) return inner;
  const { grouping } = node;
  if (grouping?.isOpen || node.op === 'count_values') return UNKNOWN;
  const isNamed = grouping?.labels.some(({ name }) => name === 'le') ?? false;
  const isKept = grouping?.mode === 'without' ? !isNamed : isNamed;
  return isKept ? inner : { kind: 'aggregated', by: node };
}
