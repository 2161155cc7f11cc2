import type { TextRange } from '../model/source-file.ts';
import { AGGREGATION_PARAMETERS, type PromqlType, signatureOf } from './promql-functions.ts';
import type { Aggregation, BinaryOperation, Call, Grouping, PromqlNode, Selector } from './promql-node.ts';
import { regexTest } from './regex.ts';

/** Something that follows the grammar and that Prometheus refuses all the same. */
export interface PromqlTypeError {
  /** What is wrong, as a clause: "rate() takes a range vector, found an instant vector". */
  readonly message: string;
  readonly span: TextRange;
}

/** `undefined` stands for what a variable or an unknown function makes: it fits everywhere. */
type Known = PromqlType | undefined;

interface Checker {
  error: PromqlTypeError | undefined;
}

const known = new WeakMap<
  PromqlNode,
  { readonly error: PromqlTypeError | undefined; readonly type: Known }
>();

/** The first thing that Prometheus' parser refuses though the grammar takes it; undefined when there is none. */
export function promqlTypeErrorIn(node: PromqlNode): PromqlTypeError | undefined {
  return checked(node).error;
}

/** The type of a whole expression; undefined when it is not known. */
export function promqlTypeOf(node: PromqlNode): PromqlType | undefined {
  return checked(node).type;
}

function checked(node: PromqlNode) {
  const before = known.get(node);
  if (before) return before;
  const checker: Checker = { error: undefined };
  const type = typeOf(checker, node);
  const result = { error: checker.error, type };
  known.set(node, result);
  return result;
}

function refuse(checker: Checker, message: string, { span }: { readonly span: TextRange }): void {
  checker.error ??= { message, span };
}

const WINDOW_BEHIND_EXPRESSION =
  'a window stands behind a selector only; behind an expression it needs a colon, as in [5m:]';

function typeOf(checker: Checker, node: PromqlNode): Known {
  switch (node.kind) {
    case 'selector':
      checkMatchers(checker, node);
      checkChoosesSomething(checker, node);
      return 'instant vector';
    case 'range': {
      typeOf(checker, node.of);
      if (node.window === 0) refuse(checker, 'a window is longer than nothing', { span: node.windowSpan });
      if (node.of.kind !== 'selector' && node.of.kind !== 'unknown')
        refuse(checker, WINDOW_BEHIND_EXPRESSION, { span: node.windowSpan });
      return 'range vector';
    }
    case 'subquery':
      expectType(checker, node.of, 'instant vector', 'a subquery');
      return 'range vector';
    case 'call':
      return callType(checker, node);
    case 'aggregation':
      return aggregationType(checker, node);
    case 'binary':
      return binaryType(checker, node);
    case 'unary': {
      const type = typeOf(checker, node.of);
      if (type === 'range vector' || type === 'string')
        refuse(checker, `a sign stands before scalars and instant vectors, found ${withArticle(type)}`, node);
      return type;
    }
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'unknown':
      return undefined;
    default:
      return node satisfies never;
  }
}

function checkMatchers(checker: Checker, selector: Selector): void {
  const { matchers, span, nameSpan } = selector;
  const isNamedInFront = nameSpan.start === span.start && nameSpan.end < span.end;
  if (isNamedInFront && matchers.some(({ label }) => label === '__name__'))
    refuse(checker, `the metric has a name and a matcher of __name__`, selector);
  for (const { op, value, span } of matchers)
    if (value !== undefined && op.endsWith('~') && regexTest(value) === 'malformed')
      refuse(checker, `${JSON.stringify(value)} is not a regular expression`, { span });
}

function checkChoosesSomething(checker: Checker, selector: Selector): void {
  const { name, matchers, span, nameSpan } = selector;
  if (name === undefined && nameSpan === span && matchers.every(acceptsEmpty))
    refuse(checker, 'a selector needs a name or a matcher that refuses the empty value', selector);
}

function acceptsEmpty({ label, op, value }: Selector['matchers'][number]): boolean {
  if (label === undefined || value === undefined) return false;
  if (op === '=') return value === '';
  if (op === '!=') return value !== '';
  const test = regexTest(value);
  if (typeof test !== 'function') return false;
  return test('') === (op === '=~');
}

function callType(checker: Checker, call: Call): Known {
  const signature = signatureOf(call.name);
  if (!signature) {
    // The second argument of info() chooses labels, not series.
    for (const [index, argument] of call.args.entries())
      if (call.name === 'info' && index === 1 && argument.kind === 'selector')
        checkMatchers(checker, argument);
      else typeOf(checker, argument);
    return undefined;
  }
  const { takes, atLeast, isVariadic, gives } = signature;
  const tooMany = !isVariadic && call.args.length > takes.length;
  if (call.args.length < atLeast || tooMany)
    refuse(
      checker,
      `${call.name}() takes ${amount(atLeast, takes.length, isVariadic)}, found ${call.args.length}`,
      call,
    );
  for (const [index, argument] of call.args.entries()) {
    const expected = takes[Math.min(index, takes.length - 1)];
    if (expected) expectType(checker, argument, expected, `${call.name}()`);
  }
  return gives;
}

function amount(atLeast: number, atMost: number, isVariadic: boolean): string {
  const arguments_ = (count: number) => (count === 1 ? '1 argument' : `${count} arguments`);
  if (isVariadic) return `at least ${arguments_(atLeast)}`;
  return atLeast === atMost ? arguments_(atLeast) : `${atLeast} or ${arguments_(atMost)}`;
}

function aggregationType(checker: Checker, aggregation: Aggregation): Known {
  const { op, args } = aggregation;
  const parameter = AGGREGATION_PARAMETERS[op];
  const takes: readonly PromqlType[] = parameter ? [parameter, 'instant vector'] : ['instant vector'];
  if (args.length !== takes.length)
    refuse(
      checker,
      `${op}() takes ${amount(takes.length, takes.length, false)}, found ${args.length}`,
      aggregation,
    );
  for (const [index, argument] of args.entries())
    expectType(checker, argument, takes[index] ?? 'instant vector', `${op}()`);
  return 'instant vector';
}

const SET_OPERATORS = new Set(['and', 'or', 'unless']);
const COMPARISONS = new Set(['==', '!=', '<', '>', '<=', '>=']);

function binaryType(checker: Checker, operation: BinaryOperation): Known {
  const { op, left, right, matching, group, isBool } = operation;
  const types = [left, right].map((side) => {
    const type = typeOf(checker, side);
    if (type === 'range vector' || type === 'string')
      refuse(checker, `${op} takes scalars and instant vectors, found ${withArticle(type)}`, side);
    return type;
  });
  const scalar = types.indexOf('scalar');
  const isOfScalars = types.every((type) => type === 'scalar');
  if (SET_OPERATORS.has(op) && scalar >= 0)
    refuse(checker, `${op} takes instant vectors, found a scalar`, scalar === 0 ? left : right);
  if (isBool && !COMPARISONS.has(op)) refuse(checker, `bool stands behind comparisons only`, operation);
  if (COMPARISONS.has(op) && isOfScalars && !isBool)
    refuse(checker, `a comparison of two scalars needs bool, as in ${op} bool`, operation);
  if (group && SET_OPERATORS.has(op))
    refuse(checker, `${group.mode} does not stand behind ${op}: series are kept as they are`, operation);
  const twice = matching?.mode === 'on' && group && sharedLabel(matching, group);
  if (twice) refuse(checker, `"${twice.name}" stands in on() and in ${group.mode}()`, twice);
  // `on ()` with nothing in it is taken everywhere.
  if (matching && scalar >= 0 && (matching.labels.length > 0 || matching.isOpen))
    refuse(checker, `${matching.mode}() stands between instant vectors only, found a scalar`, operation);
  return types.includes(undefined) ? undefined : isOfScalars ? 'scalar' : 'instant vector';
}

function sharedLabel(matching: Grouping<'on' | 'ignoring'>, group: Grouping<string>) {
  return group.labels.find(({ name }) => matching.labels.some((label) => label.name === name));
}

function expectType(checker: Checker, node: PromqlNode, expected: PromqlType, by: string): void {
  const found = typeOf(checker, node);
  if (found === undefined || found === expected) return;
  refuse(
    checker,
    `${by} takes ${withArticle(expected)}, found ${withArticle(found)}${hint(expected, found, node)}`,
    node,
  );
}

function withArticle(type: PromqlType): string {
  return type.startsWith('i') ? `an ${type}` : `a ${type}`;
}

/** What was probably meant. */
function hint(expected: PromqlType, found: PromqlType, node: PromqlNode): string {
  if (expected === 'instant vector' && found === 'range vector')
    return '; a window belongs in rate() or a function over time';
  if (expected !== 'range vector' || found !== 'instant vector') return '';
  if (node.kind === 'selector') return '; write a window behind the metric, as in [$__rate_interval]';
  return node.kind === 'aggregation' ? '; aggregate what it gives, not what it takes' : '';
}
