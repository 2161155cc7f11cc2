/**
 * What every PromQL expression of a definition has in common: its text, and in its type the labels of its result.
 */

declare const resultLabels: unique symbol;

/**
 * PromQL with a type. `Labels` are the label names of its series: `never` for a single series without labels,
 * `string` when they are not known.
 */
export interface Promql<ValueType extends string, out Labels extends string> {
  readonly language: 'promql';
  readonly valueType: ValueType;
  /** The PromQL text, as a person would write it. */
  readonly text: string;
  /** How tightly the outermost operator binds; an operand that binds less is put in parentheses. */
  readonly precedence: number;
  /** Only in the type: carries the labels. */
  readonly [resultLabels]: () => Labels;
  /** The PromQL text. */
  toString(): string;
}

/** A PromQL expression that a panel can query. */
export interface PromqlExpression<out Labels extends string = string>
  extends Promql<'instant vector' | 'scalar', Labels> {}

/** One value a series at each moment, such as a selector, `rate(…)` or `sum(…)`. */
export interface InstantVector<out Labels extends string = string> extends Promql<'instant vector', Labels> {}

/** One number at each moment, without series: `scalar(…)`, `time()` or arithmetic between numbers. */
export interface Scalar extends Promql<'scalar', never> {}

/** The label names of an expression's result; `string` (any) for a query written as text. */
export type LabelsOf<Expression> = Expression extends Promql<string, infer Labels> ? Labels : string;

/** Binding strength of PromQL's operators; `primary` is anything that never needs parentheses. */
export const precedence = {
  unknown: 0,
  or: 1,
  and: 2,
  comparison: 3,
  sum: 4,
  product: 5,
  sign: 6,
  power: 7,
  primary: 8,
} as const;

/** An instant vector with this text; the caller states its labels. */
export function instantVector<Labels extends string>(
  text: string,
  binds: number = precedence.primary,
): InstantVector<Labels> {
  return promqlOf('instant vector', text, binds);
}

/** A scalar with this text. */
export function scalarExpression(text: string, binds: number = precedence.primary): Scalar {
  return promqlOf('scalar', text, binds);
}

/** PromQL of this value type and text; the caller states its labels. */
export function promqlOf<ValueType extends string, Labels extends string>(
  valueType: ValueType,
  text: string,
  binds: number = precedence.primary,
): Promql<ValueType, Labels> {
  return { language: 'promql', valueType, text, precedence: binds, toString: () => text } as Promql<
    ValueType,
    Labels
  >;
}
