import { type InstantVector, instantVector, type Scalar, scalarExpression } from './expression.ts';
import { type NumberArgument, numberText, quantileText } from './number.ts';

/**
 * Quantile (0 to 1) of what a histogram observed, from its buckets: `histogramQuantile(0.95, rate(….bucket.over('5m')))`.
 *
 * @throws RangeError outside 0 to 1
 */
export function histogramQuantile<Buckets>(
  quantile: NumberArgument,
  buckets: WithLe<Buckets>,
): InstantVector<Buckets extends InstantVector<infer Labels> ? Exclude<Labels, 'le'> : never> {
  return instantVector(`histogram_quantile(${quantileText('histogramQuantile', quantile)}, ${buckets})`);
}

/** Each value without its sign. */
export function abs<Labels extends string>(vector: InstantVector<Labels>): InstantVector<Labels> {
  return instantVector(`abs(${vector})`);
}

/** Each value rounded up to a whole number. */
export function ceil<Labels extends string>(vector: InstantVector<Labels>): InstantVector<Labels> {
  return instantVector(`ceil(${vector})`);
}

/** Each value rounded down to a whole number. */
export function floor<Labels extends string>(vector: InstantVector<Labels>): InstantVector<Labels> {
  return instantVector(`floor(${vector})`);
}

/** Each value rounded to the nearest whole number, or to the nearest multiple of a step. */
export function round<Labels extends string>(
  vector: InstantVector<Labels>,
  step?: NumberArgument,
): InstantVector<Labels> {
  return instantVector(step === undefined ? `round(${vector})` : `round(${vector}, ${numberText(step)})`);
}

/** Each value, but at least the limit. */
export function clampMin<Labels extends string>(
  vector: InstantVector<Labels>,
  limit: NumberArgument,
): InstantVector<Labels> {
  return instantVector(`clamp_min(${vector}, ${numberText(limit)})`);
}

/** Each value, but at most the limit. */
export function clampMax<Labels extends string>(
  vector: InstantVector<Labels>,
  limit: NumberArgument,
): InstantVector<Labels> {
  return instantVector(`clamp_max(${vector}, ${numberText(limit)})`);
}

/** The series by rising value; only instant queries (tables, stats) keep the order. */
export function sort<Labels extends string>(vector: InstantVector<Labels>): InstantVector<Labels> {
  return instantVector(`sort(${vector})`);
}

/** The series by falling value; only instant queries (tables, stats) keep the order. */
export function sortDesc<Labels extends string>(vector: InstantVector<Labels>): InstantVector<Labels> {
  return instantVector(`sort_desc(${vector})`);
}

/** When each sample was taken, in seconds since 1970. */
export function timestamp<Labels extends string>(vector: InstantVector<Labels>): InstantVector<Labels> {
  return instantVector(`timestamp(${vector})`);
}

/** The value of a vector's only series; NaN when it has none or several. */
export function scalar(vector: InstantVector): Scalar {
  return scalarExpression(`scalar(${vector})`);
}

/** One series without labels that has this value: `or(sum(x), vector(0))`. */
export function vector(value: NumberArgument): InstantVector<never> {
  return instantVector(`vector(${numberText(value)})`);
}

/** The moment of evaluation, in seconds since 1970. */
export function time(): Scalar {
  return scalarExpression('time()');
}

/** The buckets that `histogramQuantile` takes, or else a text that says what is missing. */
export type WithLe<Buckets> =
  Buckets extends InstantVector<infer Labels>
    ? 'le' extends Labels
      ? Buckets
      : "histogramQuantile() needs the label le: start from a histogram's .bucket, and keep le in by()"
    : InstantVector<'le'>;
