import type { LoadedCatalogue } from '../../model/workspace.ts';
import { takes } from '../../query/matched-values.ts';
import type { Aggregation, BinaryOperation, Call, PromqlNode, Selector } from '../../query/promql-node.ts';
import { ARITHMETIC, COMPARISON, type Course, PLAIN, REDUCERS, WINDOWED } from './sample-functions.ts';
import { except, grouped, keyOf, type Labels, only, unnamed } from './sample-labels.ts';
import { sampleQuantile } from './sample-quantile.ts';
import { type SampleSeries, type Scrapes, sampleSeries } from './sample-series.ts';

/** What an expression is worth over made-up series: a number, or series that are numbers at any moment. */
export type SampleValue =
  | { readonly kind: 'scalar'; readonly at: (seconds: number) => number }
  | { readonly kind: 'vector'; readonly series: readonly SampleSeries[] };

/** Why an expression has no sample; a whole sentence. */
export class NoSample extends Error {
  override readonly name = 'NoSample';
}

/** What made-up series come from. */
export interface SampleContext {
  readonly catalogues: readonly LoadedCatalogue[];
  readonly scrapes: Scrapes;
  /** Seconds that a window lasts where the query does not say it. */
  readonly window: number;
}

/**
 * Evaluates the PromQL that dashboards of services mostly consist of.
 *
 * @throws NoSample for functions and operators that it does not know
 */
export function evaluateSample(context: SampleContext, node: PromqlNode): SampleValue {
  switch (node.kind) {
    case 'number': {
      const value = Number(node.text);
      return { kind: 'scalar', at: () => value };
    }
    case 'selector':
      return { kind: 'vector', series: select(context, node) };
    case 'call':
      return call(context, node);
    case 'aggregation':
      return aggregate(context, node);
    case 'binary':
      return binary(context, node);
    case 'unary':
      return mapValue(evaluateSample(context, node.of), (value) => -value);
    case 'range':
    case 'subquery':
    case 'string':
    case 'unknown':
      throw new NoSample('No sample for this query');
    default:
      return node satisfies never;
  }
}

function select(
  { catalogues, scrapes }: SampleContext,
  { name, matchers }: Selector,
): readonly SampleSeries[] {
  if (name === undefined) throw new NoSample('No sample for a query without a metric name');
  const found = sampleSeries(catalogues, name, scrapes);
  if (found.length === 0) throw new NoSample(`No sample: no metric catalogue lists ${name}`);
  return found
    .filter(({ labels }) =>
      matchers.every(
        (matcher) =>
          matcher.label === undefined ||
          matcher.label === '__name__' ||
          takes(matcher, labels[matcher.label] ?? '') !== false,
      ),
    )
    .map(({ labels, at }) => ({ labels: { __name__: name, ...labels }, at }));
}

function call(context: SampleContext, { name, args }: Call): SampleValue {
  const vector = (index: number) => asVector(evaluateSample(context, argument(args, index)));
  const windowed = WINDOWED[name];
  if (windowed) {
    const range = argument(args, args.length - 1);
    if (range.kind !== 'range' && range.kind !== 'subquery') throw new NoSample(`No sample for ${name}`);
    const window = (range.kind === 'range' ? range.window : undefined) ?? context.window;
    return mapSeries(asVector(evaluateSample(context, range.of)), (at) => windowed(at, window));
  }
  const plain = PLAIN[name];
  if (plain) return mapValue(evaluateSample(context, argument(args, 0)), plain);
  switch (name) {
    case 'histogram_quantile': {
      const quantile = evaluateSample(context, argument(args, 0));
      const rank = quantile.kind === 'scalar' ? quantile.at(0) : Number.NaN;
      return { kind: 'vector', series: sampleQuantile(rank, vector(1)) };
    }
    case 'clamp_min':
    case 'clamp_max': {
      const bound = evaluateSample(context, argument(args, 1));
      const limit = bound.kind === 'scalar' ? bound.at(0) : 0;
      return mapSeries(
        vector(0),
        (at) => (seconds) =>
          name === 'clamp_min' ? Math.max(limit, at(seconds)) : Math.min(limit, at(seconds)),
      );
    }
    case 'vector': {
      const value = evaluateSample(context, argument(args, 0));
      return value.kind === 'scalar' ? { kind: 'vector', series: [{ labels: {}, at: value.at }] } : value;
    }
    case 'scalar':
      return { kind: 'scalar', at: vector(0)[0]?.at ?? (() => Number.NaN) };
    case 'time':
      return { kind: 'scalar', at: (seconds) => seconds };
    case 'sort':
    case 'sort_desc':
      return { kind: 'vector', series: vector(0) };
    default:
      throw new NoSample(`No sample for the function ${name}`);
  }
}

function argument(args: readonly PromqlNode[], index: number): PromqlNode {
  const found = args[index];
  if (!found) throw new NoSample('No sample for a function without its argument');
  return found;
}

function asVector(value: SampleValue): readonly SampleSeries[] {
  if (value.kind === 'vector') return value.series;
  throw new NoSample('No sample for a number where series are expected');
}

function mapSeries(series: readonly SampleSeries[], course: (at: Course) => Course): SampleValue {
  return {
    kind: 'vector',
    series: series.map(({ labels, at }) => ({ labels: unnamed(labels), at: course(at) })),
  };
}

function mapValue(value: SampleValue, map: (value: number) => number): SampleValue {
  if (value.kind === 'scalar') return { kind: 'scalar', at: (seconds) => map(value.at(seconds)) };
  return mapSeries(value.series, (at) => (seconds) => map(at(seconds)));
}

function aggregate(context: SampleContext, { op, grouping, args }: Aggregation): SampleValue {
  const series = asVector(evaluateSample(context, argument(args, args.length - 1)));
  const names = grouping?.labels.map(({ name }) => name) ?? [];
  if (op === 'topk' || op === 'bottomk') {
    const count = evaluateSample(context, argument(args, 0));
    const most = count.kind === 'scalar' ? count.at(0) : 1;
    const now = context.scrapes.from;
    const ranked = [...series].sort((a, b) =>
      op === 'topk' ? b.at(now) - a.at(now) : a.at(now) - b.at(now),
    );
    return { kind: 'vector', series: ranked.slice(0, most) };
  }
  const reduce = REDUCERS[op];
  if (!reduce) throw new NoSample(`No sample for ${op}`);
  const labelsOf = (labels: Labels) =>
    grouping?.mode === 'without' ? except(labels, names) : only(labels, names);
  return {
    kind: 'vector',
    series: [...grouped(series, labelsOf).values()].map((members) => ({
      labels: labelsOf(members[0]?.labels ?? {}),
      at: (seconds) => reduce(members.map(({ at }) => at(seconds))),
    })),
  };
}

function binary(context: SampleContext, node: BinaryOperation): SampleValue {
  const { op, isBool, matching, group } = node;
  const [left, right] = [evaluateSample(context, node.left), evaluateSample(context, node.right)];
  const names = matching?.labels.map(({ name }) => name) ?? [];
  const signature = (labels: Labels) =>
    keyOf(matching?.mode === 'on' ? only(labels, names) : except(labels, names));
  if (op === 'and' || op === 'or' || op === 'unless')
    return setOperation(op, asVector(left), asVector(right), signature);
  const operate = operation(op, isBool);
  if (left.kind === 'scalar' && right.kind === 'scalar')
    return { kind: 'scalar', at: (seconds) => operate(left.at(seconds), right.at(seconds)) };
  if (right.kind === 'scalar')
    return mapSeries(asVector(left), (at) => (seconds) => operate(at(seconds), right.at(seconds)));
  if (left.kind === 'scalar')
    return mapSeries(right.series, (at) => (seconds) => operate(left.at(seconds), at(seconds)));
  const isManyRight = group?.mode === 'group_right';
  const [many, one] = isManyRight ? [right.series, left.series] : [left.series, right.series];
  const partners = new Map(one.map((each) => [signature(each.labels), each]));
  return {
    kind: 'vector',
    series: many.flatMap(({ labels, at }) => {
      const partner = partners.get(signature(labels));
      if (!partner) return [];
      const taken = only(partner.labels, group?.labels.map(({ name }) => name) ?? []);
      return {
        labels: group || matching?.mode !== 'on' ? { ...unnamed(labels), ...taken } : only(labels, names),
        at: (seconds) =>
          isManyRight ? operate(partner.at(seconds), at(seconds)) : operate(at(seconds), partner.at(seconds)),
      };
    }),
  };
}

/** A comparison keeps the left value, or nothing (NaN stands for that here), unless it asks for 0 and 1. */
function operation(op: string, isBool: boolean): (a: number, b: number) => number {
  const arithmetic = ARITHMETIC[op];
  if (arithmetic) return arithmetic;
  const compare = COMPARISON[op];
  if (!compare) throw new NoSample(`No sample for the operator ${op}`);
  return isBool ? (a, b) => Number(compare(a, b)) : (a, b) => (compare(a, b) ? a : Number.NaN);
}

function setOperation(
  op: 'and' | 'or' | 'unless',
  left: readonly SampleSeries[],
  right: readonly SampleSeries[],
  signature: (labels: Labels) => string,
): SampleValue {
  const [inLeft, inRight] = [left, right].map(
    (series) => new Set(series.map(({ labels }) => signature(labels))),
  );
  const has = (set: Set<string> | undefined, { labels }: SampleSeries) =>
    set?.has(signature(labels)) === true;
  if (op === 'or')
    return { kind: 'vector', series: [...left, ...right.filter((each) => !has(inLeft, each))] };
  return { kind: 'vector', series: left.filter((each) => has(inRight, each) === (op === 'and')) };
}
