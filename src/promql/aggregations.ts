import { type InstantVector, instantVector } from './expression.ts';
import { type NumberArgument, numberText, quantileText } from './number.ts';
import { labelList } from './quote.ts';

/** Many series made into one, or with `by` and `without` into one for each combination of the labels kept. */
export interface Aggregation<Labels extends string> extends InstantVector<never> {
  /** One series for each combination of these labels: `sum by (die_type) (…)`. */
  by<Label extends Labels>(first: Label, ...others: readonly Label[]): InstantVector<Label>;
  /** One series for each combination of the other labels: `sum without (instance) (…)`. */
  without<Label extends Labels>(
    first: Label,
    ...others: readonly Label[]
  ): InstantVector<Exclude<Labels, Label>>;
}

/** Some of the series, with all their labels; with `by` and `without` some of each group. */
export interface Choice<Labels extends string> extends InstantVector<Labels> {
  by<Label extends Labels>(first: Label, ...others: readonly Label[]): InstantVector<Labels>;
  without<Label extends Labels>(first: Label, ...others: readonly Label[]): InstantVector<Labels>;
}

/** Sum of the series' values. */
export function sum<Labels extends string>(vector: InstantVector<Labels>): Aggregation<Labels> {
  return aggregation('sum', [vector.text]);
}

/** Mean of the series' values. */
export function avg<Labels extends string>(vector: InstantVector<Labels>): Aggregation<Labels> {
  return aggregation('avg', [vector.text]);
}

/** Lowest of the series' values. */
export function min<Labels extends string>(vector: InstantVector<Labels>): Aggregation<Labels> {
  return aggregation('min', [vector.text]);
}

/** Highest of the series' values. */
export function max<Labels extends string>(vector: InstantVector<Labels>): Aggregation<Labels> {
  return aggregation('max', [vector.text]);
}

/** Number of series. */
export function count<Labels extends string>(vector: InstantVector<Labels>): Aggregation<Labels> {
  return aggregation('count', [vector.text]);
}

/** 1 for each group. */
export function group<Labels extends string>(vector: InstantVector<Labels>): Aggregation<Labels> {
  return aggregation('group', [vector.text]);
}

/** Standard deviation of the series' values. */
export function stddev<Labels extends string>(vector: InstantVector<Labels>): Aggregation<Labels> {
  return aggregation('stddev', [vector.text]);
}

/**
 * Quantile (0 to 1) of the series' values; for a histogram's buckets use `histogramQuantile`.
 *
 * @throws RangeError outside 0 to 1
 */
export function quantile<Labels extends string>(
  of: NumberArgument,
  vector: InstantVector<Labels>,
): Aggregation<Labels> {
  return aggregation('quantile', [quantileText('quantile', of), vector.text]);
}

/** The series with the highest values: `topk(5, …)`. */
export function topk<Labels extends string>(
  limit: NumberArgument,
  vector: InstantVector<Labels>,
): Choice<Labels> {
  return aggregation('topk', [numberText(limit), vector.text]);
}

/** The series with the lowest values: `bottomk(5, …)`. */
export function bottomk<Labels extends string>(
  limit: NumberArgument,
  vector: InstantVector<Labels>,
): Choice<Labels> {
  return aggregation('bottomk', [numberText(limit), vector.text]);
}

function aggregation<Result>(operator: string, values: readonly string[]): Result {
  const argumentList = `(${values.join(', ')})`;
  const grouped =
    (keyword: 'by' | 'without') =>
    (...labels: readonly string[]) =>
      instantVector(`${operator} ${keyword} ${labelList(labels)} ${argumentList}`);
  return {
    ...instantVector(`${operator}${argumentList}`),
    by: grouped('by'),
    without: grouped('without'),
  } as Result;
}
