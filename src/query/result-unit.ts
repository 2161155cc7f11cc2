import type { ExpressionScope } from './expression-scope.ts';
import { judgeSelector } from './judge-selector.ts';
import type { BinaryOperation, PromqlNode, Selector } from './promql-node.ts';

/** What the numbers of a result measure. */
export interface ResultUnit {
  readonly of: 'seconds' | 'bytes' | 'events';
  readonly perSecond: boolean;
}

/** The unit of an expression's values, by the names and the catalogue; undefined when anything makes it doubtful. */
export function resultUnit(scope: ExpressionScope, node: PromqlNode): ResultUnit | undefined {
  switch (node.kind) {
    case 'selector':
      return ofSelector(scope, node);
    case 'call':
      return ofCall(scope, node.name, node.args);
    case 'aggregation': {
      const vector = KEEPING.has(node.op) ? node.args.at(-1) : undefined;
      return vector && resultUnit(scope, vector);
    }
    case 'binary':
      return ofMean(node);
    case 'range':
      return resultUnit(scope, node.of);
    case 'subquery':
    case 'unary':
    case 'number':
    case 'string':
    case 'unknown':
      return undefined;
    default:
      return node satisfies never;
  }
}

const KEEPING = new Set(['sum', 'avg', 'min', 'max', 'topk', 'bottomk', 'quantile']);
const KEEPING_FUNCTIONS =
  /^(?:(?:avg|min|max|last|first|quantile)_over_time|abs|ceil|floor|sort|sort_desc|clamp_min|clamp_max|label_replace|label_join)$/;

/** Only current values: what a counter has summed up since its start is nothing that a panel's unit can be held to. */
function ofSelector(scope: ExpressionScope, selector: Selector): ResultUnit | undefined {
  const { name } = selector;
  // Moments in time are seconds too, and shown as dates.
  if (name === undefined || name.includes(':') || /time_seconds$|timestamp|expir|deadline/.test(name))
    return undefined;
  const { sources, mistake } = judgeSelector(scope, selector);
  if (mistake) return undefined;
  if (sources.length > 0 && !sources.every(({ metric }) => metric.type === 'gauge')) return undefined;
  if (name.endsWith('_seconds')) return { of: 'seconds', perSecond: false };
  return name.endsWith('_bytes') ? { of: 'bytes', perSecond: false } : undefined;
}

function ofCall(scope: ExpressionScope, name: string, args: readonly PromqlNode[]): ResultUnit | undefined {
  if (name === 'rate' || name === 'irate') return args[0] && ofRate(scope, args[0]);
  if (name === 'histogram_quantile') return args[1] && ofBuckets(args[1]);
  if (!KEEPING_FUNCTIONS.test(name)) return undefined;
  const vector = args.find(({ kind }) => kind !== 'number' && kind !== 'string');
  return vector && resultUnit(scope, vector);
}

function ofRate(scope: ExpressionScope, range: PromqlNode): ResultUnit | undefined {
  if (range.kind !== 'range' || range.of.kind !== 'selector') return undefined;
  const name = range.of.name ?? '';
  if (/_bytes(?:_total|_sum)$/.test(name)) return { of: 'bytes', perSecond: true };
  const { sources } = judgeSelector(scope, range.of);
  // Only a catalogue tells that a counter counts events, and not joules or degrees.
  const countsEvents = sources.every(
    ({ metric, part }) =>
      part === 'count' ||
      (metric.type === 'counter' && metric.unit !== undefined && isCountable(metric.unit)),
  );
  return sources.length > 0 && countsEvents ? { of: 'events', perSecond: true } : undefined;
}

/** What is counted, such as `requests`: not one of the units that Prometheus' conventions name. */
function isCountable(unit: string): boolean {
  return !/second|byte|bit|ratio|percent|joule|watt|volt|ampere|celsius|meter|gram|dollar|euro|cent|hertz|core/i.test(
    unit,
  );
}

/** A quantile is in the unit that the histogram's name carries. */
function ofBuckets(node: PromqlNode): ResultUnit | undefined {
  switch (node.kind) {
    case 'selector': {
      const [, of] = /_(seconds|bytes)(?:_bucket)?$/.exec(node.name ?? '') ?? [];
      return of === 'seconds' || of === 'bytes' ? { of, perSecond: false } : undefined;
    }
    case 'range':
      return ofBuckets(node.of);
    case 'call':
      return /^(?:rate|irate|increase)$/.test(node.name) && node.args[0]
        ? ofBuckets(node.args[0])
        : undefined;
    case 'aggregation':
      return node.op === 'sum' && node.args[0] ? ofBuckets(node.args[0]) : undefined;
    default:
      return undefined;
  }
}

/** The mean of a histogram: the rate of its sum by the rate of its count. */
function ofMean({ op, left, right }: BinaryOperation): ResultUnit | undefined {
  if (op !== '/') return undefined;
  const sum = /^(.+_(seconds|bytes))_sum$/.exec(ratedName(left) ?? '');
  if (!sum || ratedName(right) !== `${sum[1]}_count`) return undefined;
  return { of: sum[2] === 'seconds' ? 'seconds' : 'bytes', perSecond: false };
}

/** The metric of `rate(x[…])`, also within `sum`. */
function ratedName(node: PromqlNode): string | undefined {
  if (node.kind === 'aggregation' && node.op === 'sum' && node.args[0]) return ratedName(node.args[0]);
  if (node.kind === 'call' && /^(?:rate|increase)$/.test(node.name) && node.args[0])
    return ratedName(node.args[0]);
  if (node.kind === 'range') return ratedName(node.of);
  return node.kind === 'selector' ? node.name : undefined;
}
