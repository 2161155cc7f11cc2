import type { MetricCatalogue } from '../../model/metric-catalogue.ts';
import type { LoadedCatalogue } from '../../model/workspace.ts';
import * as promql from '../../promql/index.ts';
import { childrenOf, type PromqlNode } from '../../query/promql-node.ts';
import { readPromql } from '../../query/read-promql.ts';
import { type Code, call, chain, literal, propertyName, text } from '../code/code.ts';
import type { Writing } from '../code/express.ts';
import type { Definition } from './datasource-names.ts';
import { typedMatchers } from './typed-matchers.ts';

/** Writes PromQL with the functions that know the metrics of a catalogue. */
export interface TypedQueries {
  /** Code that prints exactly this text; undefined when there is none, or when no metric of it is known. */
  write(expr: string): Code | undefined;
  /** The handles that the code uses; there are some once something was written. */
  readonly definitions: readonly Definition[];
}

/** Names that a definition has for the metrics of a catalogue: for all of them, or for one by one. */
export interface KnownMetrics {
  readonly all?: string | undefined;
  readonly each: ReadonlyMap<string, string>;
}

/**
 * Typed queries over the catalogues of a workspace, for a definition in `dashboards/`. Names that it has already are
 * `known` by the file of their catalogue.
 */
export function typedQueries(
  { names }: Pick<Writing, 'names'>,
  catalogues: readonly LoadedCatalogue[],
  known: ReadonlyMap<string, KnownMetrics> = new Map(),
): TypedQueries {
  const definitions: Definition[] = [];
  const handles = new Map<LoadedCatalogue, string>();
  const handleOf = (loaded: LoadedCatalogue): string => {
    const there = known.get(loaded.file)?.all ?? handles.get(loaded);
    if (there !== undefined) return there;
    const catalogue = names.use(`../${loaded.file}`, 'catalogue', 'catalogue');
    const name = names.define('m');
    definitions.push({ name, code: call(names.use('panelproof', 'metrics'), text(catalogue)) });
    handles.set(loaded, name);
    return name;
  };
  return {
    definitions,
    write(expr) {
      const node = readPromql(expr);
      const catalogue = node && catalogues.find((one) => knowsAll(node, one.catalogue));
      if (!node || !catalogue) return undefined;
      // Written once to see whether the text comes out, and again for good: only then are names imported.
      const trial = {
        expr,
        catalogue: catalogue.catalogue,
        metric: (name: string) => name,
        use: (name: string) => name,
      };
      if (textOf(attempt(trial, node)?.value) !== expr) return undefined;
      const use = (name: string) => names.use('panelproof', name);
      const metric = (name: string) =>
        known.get(catalogue.file)?.each.get(name) ?? memberOf(handleOf(catalogue), name);
      return attempt({ ...trial, metric, use }, node)?.code;
    },
  };
}

function memberOf(handle: string, metric: string): string {
  const name = propertyName(metric);
  return name === metric ? `${handle}.${name}` : `${handle}[${name}]`;
}

type AnyFunction = (...values: unknown[]) => unknown;

/** The functions of the query language by name; what they are given was read from text, so types say nothing. */
export const FUNCTIONS = { ...promql } as unknown as Readonly<Record<string, AnyFunction | undefined>>;

/** What an expression is written with. */
export interface Writer {
  readonly expr: string;
  readonly catalogue: MetricCatalogue;
  /** Code for a metric of the catalogue. */
  metric(name: string): string;
  /** The local name of a function of panelproof. */
  use(name: string): string;
}

/** Code and what it evaluates to. */
export interface Typed {
  readonly code: Code;
  readonly value: unknown;
}

/** At least one metric is in the catalogue and none is not. */
function knowsAll(node: PromqlNode, catalogue: MetricCatalogue): boolean {
  const selectors = selectorsOf(node);
  return selectors.length > 0 && selectors.every((name) => metricOf(name, catalogue) !== undefined);
}

function selectorsOf(node: PromqlNode): (string | undefined)[] {
  return node.kind === 'selector' ? [node.name] : childrenOf(node).flatMap(selectorsOf);
}

/** The metric of a series, and which part of it the series is. */
function metricOf(
  name: string | undefined,
  { metrics }: MetricCatalogue,
): { metric: string; part?: string } | undefined {
  if (name === undefined) return undefined;
  const type = Object.hasOwn(metrics, name) ? metrics[name]?.type : undefined;
  if (type === 'counter' || type === 'gauge') return { metric: name };
  if (type === 'summary') return { metric: name, part: 'quantiles' };
  const [, metric = '', part = ''] = /^(.+)_(bucket|sum|count)$/.exec(name) ?? [];
  const whole = Object.hasOwn(metrics, metric) ? metrics[metric]?.type : undefined;
  return whole === 'histogram' || (whole === 'summary' && part !== 'bucket') ? { metric, part } : undefined;
}

function attempt(writer: Writer, node: PromqlNode): Typed | undefined {
  try {
    return typed(writer, node);
  } catch {
    // A function refuses what it was given: it stays text.
    return undefined;
  }
}

function typed(writer: Writer, node: PromqlNode): Typed | undefined {
  switch (node.kind) {
    case 'selector':
      return typedSeries(writer, node);
    case 'range': {
      const of = typed(writer, node.of);
      const written = writer.expr.slice(node.windowSpan.start, node.windowSpan.end);
      const window = /^\$(?!__)\w+$/.test(written)
        ? variable(writer, written.slice(1))
        : { code: literal(written), value: written };
      return of && method(of, 'over', [window]);
    }
    case 'number':
      return { code: text(node.text), value: Number(node.text) };
    case 'unknown': {
      const written = writer.expr.slice(node.span.start, node.span.end);
      return /^\$(?!__)\w+$/.test(written) ? variable(writer, written.slice(1)) : undefined;
    }
    case 'call':
      return apply(writer, CALLS[node.name], node.args);
    case 'aggregation': {
      const made = apply(writer, AGGREGATIONS.has(node.op) ? node.op : undefined, node.args);
      if (!made || !node.grouping) return made;
      const labels = node.grouping.labels.map(({ name }) => ({ code: literal(name), value: name }));
      return labels.length === 0 ? undefined : method(made, node.grouping.mode, labels);
    }
    case 'binary': {
      const extra = node.isBool ? [{ code: literal('bool'), value: 'bool' }] : [];
      const made = apply(writer, OPERATORS[node.op], [node.left, node.right], extra);
      if (!made || !node.matching) return node.group ? undefined : made;
      const named = (labels: readonly { name: string }[]) =>
        labels.map(({ name }) => ({ code: literal(name), value: name }));
      const matched = method(made, node.matching.mode, named(node.matching.labels));
      if (!node.group) return matched;
      return method(
        matched,
        node.group.mode === 'group_left' ? 'groupLeft' : 'groupRight',
        named(node.group.labels),
      );
    }
    default:
      return undefined;
  }
}

function typedSeries(writer: Writer, node: Extract<PromqlNode, { kind: 'selector' }>): Typed | undefined {
  const found = metricOf(node.name, writer.catalogue);
  if (!found) return undefined;
  const all = FUNCTIONS.metrics?.(writer.catalogue) as Record<string, unknown>;
  const whole = all[found.metric];
  const start = writer.metric(found.metric);
  const series: Typed =
    found.part === undefined
      ? { code: text(start), value: whole }
      : { code: text(`${start}.${found.part}`), value: (whole as Record<string, unknown>)[found.part] };
  if (node.matchers.length === 0) return series;
  const matchers = typedMatchers(writer, node.matchers);
  return matchers && method(series, 'where', [matchers]);
}

/** A dashboard variable by name. */
export function variable({ use }: Writer, name: string): Typed {
  return { code: call(use('variable'), literal(name)), value: promql.variable(name) };
}

function apply(
  writer: Writer,
  name: string | undefined,
  nodes: readonly PromqlNode[],
  extra: readonly Typed[] = [],
): Typed | undefined {
  if (name === undefined) return undefined;
  const args = nodes.map((node) => typed(writer, node));
  if (args.some((arg) => arg === undefined)) return undefined;
  const all = [...(args as Typed[]), ...extra];
  return {
    code: call(writer.use(name), ...all.map(({ code }) => code)),
    value: FUNCTIONS[name]?.(...all.map(({ value }) => value)),
  };
}

function method(of: Typed, name: string, args: readonly Typed[]): Typed {
  const invoke = (of.value as Record<string, (...values: unknown[]) => unknown>)[name];
  return {
    code: chain(of.code, [{ name, args: args.map(({ code }) => code) }]),
    value: invoke?.apply(
      of.value,
      args.map(({ value }) => value),
    ),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : undefined;
}

/** Functions of PromQL whose names here are written as one word. */
const CALLS: Readonly<Record<string, string>> = Object.fromEntries(
  `abs ceil floor round clamp_min clamp_max sort sort_desc timestamp scalar vector time histogram_quantile rate irate
  increase resets delta deriv predict_linear changes avg_over_time min_over_time max_over_time sum_over_time
  count_over_time last_over_time present_over_time stddev_over_time quantile_over_time`
    .split(/\s+/)
    .map((name) => [name, name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]),
);

const AGGREGATIONS = new Set('sum avg min max count group stddev quantile topk bottomk'.split(' '));

const OPERATORS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '^': 'pow',
  '==': 'eq',
  '!=': 'ne',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  and: 'and',
  or: 'or',
  unless: 'unless',
};
