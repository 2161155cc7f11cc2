import {
  type InstantVector,
  instantVector,
  precedence,
  type Scalar,
  scalarExpression,
} from './expression.ts';
import type { NumericResult, SetOperation, SetsNeverPair, SharesLabels } from './matching.ts';
import { numberText } from './number.ts';
import { labelList } from './quote.ts';
import { isVariable, type Variable } from './variable.ts';

/** What an operator takes on each side: at least one of the two is usually an instant vector. */
export type Operand = InstantVector | Scalar | Variable | number;

/** `left + right` */
export function add<L extends Operand, R extends Operand>(left: L, right: R): NumericResult<L, R> {
  return binary({ sign: '+', binds: precedence.sum }, left, right);
}

/** `left - right` */
export function sub<L extends Operand, R extends Operand>(left: L, right: R): NumericResult<L, R> {
  return binary({ sign: '-', binds: precedence.sum }, left, right);
}

/** `left * right` */
export function mul<L extends Operand, R extends Operand>(left: L, right: R): NumericResult<L, R> {
  return binary({ sign: '*', binds: precedence.product }, left, right);
}

/** `left / right` */
export function div<L extends Operand, R extends Operand>(left: L, right: R): NumericResult<L, R> {
  return binary({ sign: '/', binds: precedence.product }, left, right);
}

/** `left % right`, the remainder */
export function mod<L extends Operand, R extends Operand>(left: L, right: R): NumericResult<L, R> {
  return binary({ sign: '%', binds: precedence.product }, left, right);
}

/** `left ^ right` */
export function pow<L extends Operand, R extends Operand>(left: L, right: R): NumericResult<L, R> {
  return binary({ sign: '^', binds: precedence.power }, left, right);
}

/** The series of `left` that equal `right`; with `'bool'` all series, as 1 or 0. So do the other comparisons. */
export function eq<L extends InstantVector, R extends Operand>(
  left: L,
  right: R,
  bool?: 'bool',
): NumericResult<L, R> {
  return comparison('==', left, right, bool);
}

/** The series of `left` that differ from `right`. */
export function ne<L extends InstantVector, R extends Operand>(
  left: L,
  right: R,
  bool?: 'bool',
): NumericResult<L, R> {
  return comparison('!=', left, right, bool);
}

/** The series of `left` that are greater than `right`. */
export function gt<L extends InstantVector, R extends Operand>(
  left: L,
  right: R,
  bool?: 'bool',
): NumericResult<L, R> {
  return comparison('>', left, right, bool);
}

/** The series of `left` that are at least `right`. */
export function gte<L extends InstantVector, R extends Operand>(
  left: L,
  right: R,
  bool?: 'bool',
): NumericResult<L, R> {
  return comparison('>=', left, right, bool);
}

/** The series of `left` that are less than `right`. */
export function lt<L extends InstantVector, R extends Operand>(
  left: L,
  right: R,
  bool?: 'bool',
): NumericResult<L, R> {
  return comparison('<', left, right, bool);
}

/** The series of `left` that are at most `right`. */
export function lte<L extends InstantVector, R extends Operand>(
  left: L,
  right: R,
  bool?: 'bool',
): NumericResult<L, R> {
  return comparison('<=', left, right, bool);
}

/** The series of `left` that also exist in `right`. */
export function and<L extends string, R extends string>(
  left: InstantVector<L>,
  right: InstantVector<R>,
): SharesLabels<L, R> extends true ? SetOperation<L, R, L> : SetsNeverPair<L, R> {
  return binary({ sign: 'and', binds: precedence.and }, left, right);
}

/** The series of `left` that do not exist in `right`. */
export function unless<L extends string, R extends string>(
  left: InstantVector<L>,
  right: InstantVector<R>,
): SharesLabels<L, R> extends true ? SetOperation<L, R, L> : SetsNeverPair<L, R> {
  return binary({ sign: 'unless', binds: precedence.and }, left, right);
}

/** The series of `left`, and those of `right` that `left` does not have. */
export function or<L extends string, R extends string>(
  left: InstantVector<L>,
  right: InstantVector<R>,
): SetOperation<L, R, L | R> {
  return binary({ sign: 'or', binds: precedence.or }, left, right);
}

interface Operator {
  readonly sign: string;
  readonly binds: number;
}

function comparison<Result>(sign: string, left: Operand, right: Operand, bool: 'bool' | undefined): Result {
  const signText = bool === undefined ? sign : `${sign} bool`;
  return binary({ sign: signText, binds: precedence.comparison }, left, right);
}

/** The operation, and the same with `on` or `ignoring`, and those with `group_left` or `group_right`. */
function binary<Result>(operator: Operator, left: Operand, right: Operand): Result {
  const rightAssociative = operator.sign === '^';
  const leftText = operandText(left, rightAssociative ? operator.binds + 1 : operator.binds);
  const rightText = operandText(right, rightAssociative ? operator.binds : operator.binds + 1);
  const text = (matching: string) => `${leftText} ${operator.sign}${matching} ${rightText}`;
  if (!isVector(left) && !isVector(right)) return scalarExpression(text(''), operator.binds) as Result;

  const joined = (matching: string) => instantVector(text(matching), operator.binds);
  const matched =
    (keyword: 'on' | 'ignoring') =>
    (...labels: readonly string[]) => {
      const matching = ` ${keyword} ${labelList(labels)}`;
      return {
        ...joined(matching),
        groupLeft: (...copied: readonly string[]) => joined(`${matching} group_left ${labelList(copied)}`),
        groupRight: (...copied: readonly string[]) => joined(`${matching} group_right ${labelList(copied)}`),
      };
    };
  return { ...joined(''), on: matched('on'), ignoring: matched('ignoring') } as Result;
}

function isVector(operand: Operand): boolean {
  return typeof operand !== 'number' && !isVariable(operand) && operand.valueType === 'instant vector';
}

function operandText(operand: Operand, atLeast: number): string {
  return operandBinds(operand) < atLeast ? `(${textOf(operand)})` : textOf(operand);
}

function operandBinds(operand: Operand): number {
  if (typeof operand === 'number') return operand < 0 ? precedence.sign : precedence.primary;
  return isVariable(operand) ? precedence.primary : operand.precedence;
}

function textOf(operand: Operand): string {
  return typeof operand === 'number' ? numberText(operand) : operand.text;
}
