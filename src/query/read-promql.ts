import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { TextRange } from '../model/source-file.ts';
import { hasStructuralVariable, type MaskedVariable, maskVariables } from './mask-variables.ts';
import { inOlderSyntax } from './newer-syntax.ts';
import { promqlFault, type SyntaxFault } from './promql-fault.ts';
import { durationSeconds, unquoted } from './promql-literals.ts';
import type {
  BinaryOperation,
  Grouping,
  GroupingLabel,
  Matcher,
  PromqlNode,
  Selector,
} from './promql-node.ts';
import { MAX_QUERY_LENGTH } from './query-length.ts';

/** Dashboards repeat their queries; each text is read once. */
const known = new Map<string, ReadExpression>();

interface ReadExpression {
  readonly node: PromqlNode | undefined;
  /** Where Prometheus' parser refuses the text. */
  readonly fault: SyntaxFault | undefined;
}

const UNREAD: ReadExpression = { node: undefined, fault: undefined };

/** The tree of a PromQL expression; undefined when it is empty or refused. */
export function readPromql(expr: string): PromqlNode | undefined {
  return readOnce(expr).node;
}

/** The first place where a text is no PromQL; undefined where a variable can be anything. */
export function promqlSyntaxFault(expr: string): SyntaxFault | undefined {
  return readOnce(expr).fault;
}

interface Reader {
  readonly text: string;
  readonly variables: readonly MaskedVariable[];
}

function readOnce(expr: string): ReadExpression {
  if (expr.length > MAX_QUERY_LENGTH) return UNREAD;
  const before = known.get(expr);
  if (before) return before;
  const result = nestingOf(expr) > MAX_NESTING ? UNREAD : read(expr);
  known.set(expr, result);
  return result;
}

/** Levels of parentheses; nobody writes that many, and reading them takes their square. */
const MAX_NESTING = 200;

function nestingOf(expr: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of expr) {
    if (char === '(') deepest = Math.max(deepest, ++depth);
    else if (char === ')') depth -= 1;
  }
  return deepest;
}

function read(expr: string): ReadExpression {
  if (expr.trim() === '') return UNREAD;
  const masked = maskVariables(expr);
  const tree = parser.parse(inOlderSyntax('promql', masked.text));
  const fault = promqlFault(tree, masked.text);
  if (fault) return { node: undefined, fault: hasStructuralVariable(expr, masked) ? undefined : fault };
  const [top] = children(tree.topNode);
  return { node: top && readNode(masked, top), fault: undefined };
}

function readNode(reader: Reader, node: SyntaxNode): PromqlNode {
  const span = spanOf(node);
  const first = () => readFirst(reader, node);
  switch (node.name) {
    case 'ParenExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return first();
    case 'VectorSelector':
      return readSelector(reader, node);
    case 'MatrixSelector': {
      const window = node.getChild('DurationExpr');
      const windowSpan = window ? spanOf(window) : span;
      const seconds = hasVariable(reader, windowSpan)
        ? undefined
        : durationSeconds(slice(reader, windowSpan));
      return { kind: 'range', of: first(), window: seconds, windowSpan, span };
    }
    case 'SubqueryExpr':
      return { kind: 'subquery', of: first(), span };
    case 'FunctionCall': {
      const name = node.getChild('FunctionIdentifier');
      return { kind: 'call', name: name ? slice(reader, name) : '', args: readArguments(reader, node), span };
    }
    case 'AggregateExpr': {
      const op = node.getChild('AggregateOp');
      const modifier = node.getChild('AggregateModifier');
      return {
        kind: 'aggregation',
        op: op ? slice(reader, op).toLowerCase() : '',
        grouping: modifier
          ? readGrouping(reader, modifier, modifier.getChild('By') ? 'by' : 'without')
          : undefined,
        args: readArguments(reader, node),
        span,
      };
    }
    case 'BinaryExpr':
      return readBinary(reader, node);
    case 'UnaryExpr':
      return { kind: 'unary', of: node.lastChild ? readNode(reader, node.lastChild) : unknown(span), span };
    case 'NumberDurationLiteral':
      return { kind: 'number', text: slice(reader, span), span };
    case 'StringLiteral':
      return { kind: 'string', text: unquoted(slice(reader, span)) ?? '', span };
    default:
      return unknown(span);
  }
}

function readFirst(reader: Reader, node: SyntaxNode): PromqlNode {
  const [first] = children(node);
  return first ? readNode(reader, first) : unknown(spanOf(node));
}

function readArguments(reader: Reader, node: SyntaxNode): PromqlNode[] {
  return children(node.getChild('FunctionCallBody')).map((child) => readNode(reader, child));
}

function readSelector(reader: Reader, node: SyntaxNode): PromqlNode {
  const span = spanOf(node);
  const identifier = node.getChild('Identifier');
  const list = node.getChild('LabelMatchers');
  // A variable on its own can be a number, a selector or a whole expression.
  if (identifier && !list && isVariable(reader, identifier)) return unknown(span);
  const matchers: Matcher[] = [];
  let quotedName: SyntaxNode | undefined;
  for (const child of children(list)) {
    if (child.name === 'QuotedLabelName') quotedName = child;
    else matchers.push(readMatcher(reader, child));
  }
  const written = identifier ?? quotedName;
  const byMatcher = matchers.find(({ label, op }) => label === '__name__' && op === '=');
  const nameSpan = written ? spanOf(written) : (byMatcher?.span ?? span);
  const name = written ? nameText(reader, written) : byMatcher?.value;
  return { kind: 'selector', name, matchers, span, nameSpan } satisfies Selector;
}

function readMatcher(reader: Reader, node: SyntaxNode): Matcher {
  const label = node.firstChild;
  const op = node.getChild('MatchOp');
  const value = node.lastChild;
  return {
    label: label ? nameText(reader, label) : undefined,
    op: (op ? slice(reader, op) : '=') as Matcher['op'],
    value: value && !hasVariable(reader, spanOf(value)) ? unquoted(slice(reader, value)) : undefined,
    span: spanOf(node),
  };
}

function readBinary(reader: Reader, node: SyntaxNode): BinaryOperation | PromqlNode {
  const span = spanOf(node);
  const [left, op, ...rest] = children(node);
  const right = rest.at(-1);
  // `fill` is an experiment: what it does to labels is not known here.
  if (!left || !right || !op || node.getChild('FillModifier')) return unknown(span);
  const clause = node.getChild('MatchingModifierClause');
  const isOn = clause?.getChild('On');
  const side = clause?.getChild('GroupLeft') ?? clause?.getChild('GroupRight');
  return {
    kind: 'binary',
    op: slice(reader, op).toLowerCase(),
    isBool: node.getChild('BoolModifier') !== null,
    matching: clause ? readGrouping(reader, clause, isOn ? 'on' : 'ignoring') : undefined,
    group: side
      ? readGrouping(reader, side, side.name === 'GroupLeft' ? 'group_left' : 'group_right', side.nextSibling)
      : undefined,
    left: readNode(reader, left),
    right: readNode(reader, right),
    span,
  };
}

function readGrouping<Mode extends string>(
  reader: Reader,
  node: SyntaxNode,
  mode: Mode,
  list: SyntaxNode | null = node.getChild('GroupingLabels'),
): Grouping<Mode> {
  const labels: GroupingLabel[] = [];
  let isOpen = false;
  for (const child of children(list)) {
    const name = nameText(reader, child);
    if (name === undefined) isOpen = true;
    else labels.push({ name, span: spanOf(child) });
  }
  return { mode, labels, isOpen };
}

/** A name, quoted or not; undefined when a variable stands in it. */
function nameText(reader: Reader, node: SyntaxNode): string | undefined {
  if (hasVariable(reader, spanOf(node))) return undefined;
  const text = slice(reader, node);
  return /^["'`]/.test(text) ? unquoted(text) : text;
}

function hasVariable({ variables }: Reader, { start, end }: TextRange): boolean {
  return variables.some((variable) => variable.start < end && variable.end > start);
}

/** Nothing but variables. */
function isVariable({ variables }: Reader, { from, to }: SyntaxNode): boolean {
  const covered = variables.filter(({ start, end }) => start >= from && end <= to);
  return covered.reduce((sum, { start, end }) => sum + end - start, 0) === to - from;
}

function children(node: SyntaxNode | null | undefined): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node?.firstChild; child; child = child.nextSibling)
    if (child.name !== 'LineComment') found.push(child);
  return found;
}

function slice({ text }: Reader, node: SyntaxNode | TextRange): string {
  const { start, end } = 'from' in node ? spanOf(node) : node;
  return text.slice(start, end);
}

function spanOf({ from, to }: SyntaxNode): TextRange {
  return { start: from, end: to };
}

function unknown(span: TextRange): PromqlNode {
  return { kind: 'unknown', span };
}
