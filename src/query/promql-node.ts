import type { TextRange } from '../model/source-file.ts';

/** A PromQL expression as rules look at it: parentheses, `offset` and `@` are taken off, variables are `unknown`. */
export type PromqlNode =
  | Selector
  | RangeSelector
  | Subquery
  | Call
  | Aggregation
  | BinaryOperation
  | UnaryOperation
  | Literal
  | UnknownNode;

/** The series of a metric: `up{job="a"}`. */
export interface Selector {
  readonly kind: 'selector';
  /** By name or by `__name__="…"`; undefined when a variable, a regex or nothing says it. */
  readonly name: string | undefined;
  /** All matchers, `__name__` too when it is written as one. */
  readonly matchers: readonly Matcher[];
  readonly span: TextRange;
  /** The name, or the whole selector when it has none. */
  readonly nameSpan: TextRange;
}

/** One matcher of a selector. */
export interface Matcher {
  /** Undefined when a variable stands in it. */
  readonly label: string | undefined;
  readonly op: '=' | '!=' | '=~' | '!~';
  /** Undefined when a variable stands in it. */
  readonly value: string | undefined;
  readonly span: TextRange;
}

/** A selector with a window: `up[5m]`. */
export interface RangeSelector {
  readonly kind: 'range';
  readonly of: PromqlNode;
  /** Seconds; undefined when a variable or a calculation says it. */
  readonly window: number | undefined;
  readonly windowSpan: TextRange;
  readonly span: TextRange;
}

/** An expression evaluated again and again over a window: `max(up)[1h:1m]`. */
export interface Subquery {
  readonly kind: 'subquery';
  readonly of: PromqlNode;
  readonly span: TextRange;
}

/** A function with its arguments. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly PromqlNode[];
  readonly span: TextRange;
}

/** `sum by (job) (…)`, `topk(5, …)`. */
export interface Aggregation {
  readonly kind: 'aggregation';
  readonly op: string;
  readonly grouping: Grouping<'by' | 'without'> | undefined;
  readonly args: readonly PromqlNode[];
  readonly span: TextRange;
}

/** Labels in parentheses. */
export interface Grouping<Mode extends string> {
  readonly mode: Mode;
  readonly labels: readonly GroupingLabel[];
  /** A variable stands among the labels, so there can be others. */
  readonly isOpen: boolean;
}

/** One label of a grouping. */
export interface GroupingLabel {
  readonly name: string;
  readonly span: TextRange;
}

/** An operator between two expressions. */
export interface BinaryOperation {
  readonly kind: 'binary';
  readonly op: string;
  readonly isBool: boolean;
  readonly matching: Grouping<'on' | 'ignoring'> | undefined;
  readonly group: Grouping<'group_left' | 'group_right'> | undefined;
  readonly left: PromqlNode;
  readonly right: PromqlNode;
  readonly span: TextRange;
}

/** `-x`, `+x`. */
export interface UnaryOperation {
  readonly kind: 'unary';
  readonly of: PromqlNode;
  readonly span: TextRange;
}

/** A number or a string; `text` is a string's value. */
export interface Literal {
  readonly kind: 'number' | 'string';
  readonly text: string;
  readonly span: TextRange;
}

/** A variable, or syntax that this version does not know: can be of any type. */
export interface UnknownNode {
  readonly kind: 'unknown';
  readonly span: TextRange;
}

/** What stands directly in a node. */
export function childrenOf(node: PromqlNode): readonly PromqlNode[] {
  switch (node.kind) {
    case 'call':
    case 'aggregation':
      return node.args;
    case 'binary':
      return [node.left, node.right];
    case 'range':
    case 'subquery':
    case 'unary':
      return [node.of];
    case 'selector':
    case 'number':
    case 'string':
    case 'unknown':
      return [];
    default:
      return node satisfies never;
  }
}

const nodes = new WeakMap<PromqlNode, readonly PromqlNode[]>();
const selectors = new WeakMap<PromqlNode, readonly Selector[]>();

/** A node and everything in it, outermost first. */
export function nodesIn(node: PromqlNode): readonly PromqlNode[] {
  const known = nodes.get(node);
  if (known) return known;
  const found: PromqlNode[] = [];
  collect(node, found);
  nodes.set(node, found);
  return found;
}

function collect(node: PromqlNode, found: PromqlNode[]): void {
  found.push(node);
  for (const child of childrenOf(node)) collect(child, found);
}

const calls = new WeakMap<PromqlNode, readonly Call[]>();

/** The functions of an expression, outermost first. */
export function callsIn(node: PromqlNode): readonly Call[] {
  const known = calls.get(node) ?? nodesIn(node).filter((each) => each.kind === 'call');
  calls.set(node, known);
  return known;
}

/** The selectors of an expression, from left to right. */
export function selectorsIn(node: PromqlNode): readonly Selector[] {
  const known = selectors.get(node) ?? nodesIn(node).filter((each) => each.kind === 'selector');
  selectors.set(node, known);
  return known;
}
