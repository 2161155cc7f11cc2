import type { InstantVector, Scalar } from './expression.ts';

/**
 * What an arithmetic operation or comparison gives: series if a vector is in it, otherwise a scalar. Two vectors must
 * have the same labels, or say with `on` or `ignoring` how their series meet.
 */
export type NumericResult<Left, Right> =
  Left extends InstantVector<infer L>
    ? Right extends InstantVector<infer R>
      ? SharesLabels<L, R> extends true
        ? Joined<L, R>
        : SeriesNeverPair<L, R>
      : InstantVector<L>
    : Right extends InstantVector<infer R>
      ? InstantVector<R>
      : Scalar;

/** True when two vectors have the same label names, or those of one are not known. */
export type SharesLabels<L extends string, R extends string> = string extends L | R
  ? true
  : [L, R] extends [R, L]
    ? true
    : false;

/** How the series of two vectors meet. */
export interface Matching<L extends string, R extends string> {
  /** Series meet that agree in these labels, whatever their other labels are. */
  on<Label extends L & R = never>(...labels: readonly Label[]): OneToOne<Label, L, R>;
  /** Series meet that agree in all labels but these. */
  ignoring<Label extends L | R = never>(
    ...labels: readonly Label[]
  ): SharesLabels<Exclude<L, Label>, Exclude<R, Label>> extends true
    ? OneToOne<Exclude<L, Label>, L, R>
    : SeriesNeverPair<Exclude<L, Label>, Exclude<R, Label>>;
}

/** An operation between two vectors with the same labels. */
export interface Joined<L extends string, R extends string> extends InstantVector<L>, Matching<L, R> {}

/**
 * An operation between vectors whose labels differ, so that no series of the one finds a series of the other: not an
 * expression until `on` or `ignoring` follows.
 */
export interface SeriesNeverPair<L extends string, R extends string> extends Matching<L, R> {
  readonly left: L;
  readonly right: R;
}

/** One series of each side meet; `groupLeft` and `groupRight` let many of one side meet one of the other. */
export interface OneToOne<Kept extends string, L extends string, R extends string>
  extends InstantVector<Kept> {
  /** Many series on the left meet one on the right, whose labels named here are copied. */
  groupLeft<Label extends R = never>(...copied: readonly Label[]): InstantVector<L | Label>;
  /** Many series on the right meet one on the left, whose labels named here are copied. */
  groupRight<Label extends L = never>(...copied: readonly Label[]): InstantVector<R | Label>;
}

/** `and`, `or` or `unless` between two vectors. */
export interface SetOperation<L extends string, R extends string, Result extends string>
  extends InstantVector<Result> {
  on<Label extends L & R = never>(...labels: readonly Label[]): InstantVector<Result>;
  ignoring<Label extends L | R = never>(...labels: readonly Label[]): InstantVector<Result>;
}

/** `and` or `unless` between vectors whose labels differ: not an expression until `on` or `ignoring` follows. */
export interface SetsNeverPair<L extends string, R extends string> {
  readonly left: L;
  readonly right: R;
  on<Label extends L & R = never>(...labels: readonly Label[]): InstantVector<L>;
  ignoring<Label extends L | R = never>(...labels: readonly Label[]): InstantVector<L>;
}
