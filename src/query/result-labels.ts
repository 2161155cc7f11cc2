import type { ExpressionScope } from './expression-scope.ts';
import { judgeSelector } from './judge-selector.ts';
import { takes } from './matched-values.ts';
import type { MetricSource } from './metric-sources.ts';
import type { Aggregation, BinaryOperation, Call, PromqlNode, Selector } from './promql-node.ts';

/** What is known of the labels of an expression's series; `__name__` aside. */
export interface ResultLabels {
  /** Every label that the series can have; undefined when they can have any. */
  readonly possible: ReadonlySet<string> | undefined;
  /** Labels that every one of the series has. */
  readonly always: ReadonlySet<string>;
  /** Labels that have this value on every one of the series. */
  readonly fixed: ReadonlyMap<string, string>;
}

const ANY: ResultLabels = { possible: undefined, always: new Set(), fixed: new Map() };
const NONE: ResultLabels = { possible: new Set(), always: new Set(), fixed: new Map() };

const known = new WeakMap<ExpressionScope, WeakMap<PromqlNode, ResultLabels>>();

/** The labels of an expression's series. Scalars and what is not known have any. */
export function resultLabels(scope: ExpressionScope, node: PromqlNode): ResultLabels {
  const ofScope = known.get(scope) ?? new WeakMap<PromqlNode, ResultLabels>();
  known.set(scope, ofScope);
  // One expression stands in many panels.
  const labels = ofScope.get(node) ?? labelsOf(scope, node);
  ofScope.set(node, labels);
  return labels;
}

function labelsOf(scope: ExpressionScope, node: PromqlNode): ResultLabels {
  switch (node.kind) {
    case 'selector':
      return ofSelector(node, judgeSelector(scope, node).sources);
    case 'range':
    case 'subquery':
    case 'unary':
      return resultLabels(scope, node.of);
    case 'call':
      return ofCall(scope, node);
    case 'aggregation':
      return ofAggregation(scope, node);
    case 'binary':
      return ofBinary(scope, node);
    case 'number':
    case 'string':
    case 'unknown':
      return ANY;
    default:
      return node satisfies never;
  }
}

function ofSelector({ matchers }: Selector, sources: readonly MetricSource[]): ResultLabels {
  const isClosed = sources.length > 0 && sources.every((source) => source.isClosed);
  const always = new Set(
    [...(sources[0]?.always ?? [])].filter((label) => sources.every((source) => source.always.has(label))),
  );
  const fixed = new Map<string, string>();
  for (const matcher of matchers) {
    const { label, op, value } = matcher;
    if (label === undefined || label === '__name__' || takes(matcher, '') !== false) continue;
    always.add(label);
    if (op === '=' && value !== undefined) fixed.set(label, value);
  }
  const possible = isClosed ? new Set(sources.flatMap(({ labels }) => [...labels.keys()])) : undefined;
  return { possible, always, fixed };
}

/** Functions whose result has other labels than their argument. */
const OPEN_FUNCTIONS = new Set(['absent', 'absent_over_time', 'info', 'scalar', 'time', 'pi']);

function ofCall(scope: ExpressionScope, { name, args }: Call): ResultLabels {
  if (name === 'vector') return NONE;
  if (OPEN_FUNCTIONS.has(name)) return ANY;
  const vector = args.find(({ kind }) => kind !== 'number' && kind !== 'string' && kind !== 'unknown');
  if (!vector) return ANY;
  const labels = resultLabels(scope, vector);
  if (name === 'histogram_quantile' || name === 'histogram_fraction') return without(labels, ['le']);
  if (name === 'label_replace' || name === 'label_join') {
    const target = args[1];
    return target?.kind === 'string' ? withOpen(labels, [target.text]) : ANY;
  }
  return labels;
}

const KEEPING = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);

function ofAggregation(scope: ExpressionScope, { op, args, grouping }: Aggregation): ResultLabels {
  const vector = args.at(-1);
  if (!vector) return ANY;
  const labels = resultLabels(scope, vector);
  if (KEEPING.has(op)) return labels;
  const counted = op === 'count_values' && args[0]?.kind === 'string' ? [args[0].text] : [];
  if (op === 'count_values' && counted.length === 0) return ANY;
  const names = (grouping?.labels ?? []).map(({ name }) => name);
  const result =
    grouping?.mode === 'without'
      ? grouping.isOpen
        ? { ...labels, always: new Set<string>(), fixed: new Map<string, string>() }
        : without(labels, names)
      : grouping?.isOpen
        ? withOpen(only(labels, names), undefined)
        : only(labels, names);
  return counted.length > 0 ? withOpen(result, counted) : result;
}

function ofBinary(scope: ExpressionScope, operation: BinaryOperation): ResultLabels {
  const { op, left, right, matching, group } = operation;
  if (isScalar(left)) return resultLabels(scope, right);
  if (isScalar(right)) return resultLabels(scope, left);
  const [ofLeft, ofRight] = [resultLabels(scope, left), resultLabels(scope, right)];
  if (op === 'and' || op === 'unless') return ofLeft;
  if (op === 'or') return either(ofLeft, ofRight);
  if (left.kind === 'unknown' || right.kind === 'unknown') return ANY;
  if (group) {
    const many = group.mode === 'group_left' ? ofLeft : ofRight;
    return withOpen(many, group.isOpen ? undefined : group.labels.map(({ name }) => name));
  }
  const names = (matching?.labels ?? []).map(({ name }) => name);
  if (matching?.isOpen) return ANY;
  return matching?.mode === 'on' ? only(ofLeft, names) : without(ofLeft, names);
}

function isScalar(node: PromqlNode): boolean {
  if (node.kind === 'binary') return isScalar(node.left) && isScalar(node.right);
  if (node.kind === 'unary') return isScalar(node.of);
  return node.kind === 'number' || (node.kind === 'call' && ['scalar', 'time', 'pi'].includes(node.name));
}

function only({ possible, always, fixed }: ResultLabels, names: readonly string[]): ResultLabels {
  return {
    possible: new Set(names.filter((name) => possible?.has(name) ?? true)),
    always: new Set(names.filter((name) => always.has(name))),
    fixed: new Map([...fixed].filter(([name]) => names.includes(name))),
  };
}

function without({ possible, always, fixed }: ResultLabels, names: readonly string[]): ResultLabels {
  const stays = (name: string) => !names.includes(name);
  return {
    possible: possible && new Set([...possible].filter(stays)),
    always: new Set([...always].filter(stays)),
    fixed: new Map([...fixed].filter(([name]) => stays(name))),
  };
}

/** With labels of which nothing more is known; undefined for labels whose names are not known either. */
function withOpen(labels: ResultLabels, names: readonly string[] | undefined): ResultLabels {
  if (!names) return ANY;
  const { possible, always, fixed } = without(labels, names);
  return { possible: possible && new Set([...possible, ...names]), always, fixed };
}

function either(a: ResultLabels, b: ResultLabels): ResultLabels {
  return {
    possible: a.possible && b.possible && new Set([...a.possible, ...b.possible]),
    always: new Set([...a.always].filter((name) => b.always.has(name))),
    fixed: new Map([...a.fixed].filter(([name, value]) => b.fixed.get(name) === value)),
  };
}
