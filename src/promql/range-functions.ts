import { type InstantVector, instantVector, type PromqlExpression } from './expression.ts';
import { type NumberArgument, numberText, quantileText } from './number.ts';
import type { RangeVector, Series, SeriesKind } from './series.ts';

/** Increase per second of a counter, averaged over the window. */
export function rate<Range>(range: Over<'rate', 'counter', Range>): InstantVector<RangeLabels<Range>> {
  return instantVector(`rate(${range})`);
}

/** Increase per second of a counter between the last two samples of the window. */
export function irate<Range>(range: Over<'irate', 'counter', Range>): InstantVector<RangeLabels<Range>> {
  return instantVector(`irate(${range})`);
}

/** Increase of a counter over the window. */
export function increase<Range>(
  range: Over<'increase', 'counter', Range>,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`increase(${range})`);
}

/** How often a counter fell back to zero in the window. */
export function resets<Range>(range: Over<'resets', 'counter', Range>): InstantVector<RangeLabels<Range>> {
  return instantVector(`resets(${range})`);
}

/** Difference of a gauge between the end and the start of the window. */
export function delta<Range>(range: Over<'delta', 'gauge', Range>): InstantVector<RangeLabels<Range>> {
  return instantVector(`delta(${range})`);
}

/** Slope of a gauge per second over the window, by linear regression. */
export function deriv<Range>(range: Over<'deriv', 'gauge', Range>): InstantVector<RangeLabels<Range>> {
  return instantVector(`deriv(${range})`);
}

/** What a gauge will be in so many seconds, by linear regression over the window. */
export function predictLinear<Range>(
  range: Over<'predictLinear', 'gauge', Range>,
  seconds: NumberArgument,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`predict_linear(${range}, ${numberText(seconds)})`);
}

/** How often the value changed in the window. */
export function changes<Range>(range: Over<'changes', SeriesKind, Range>): InstantVector<RangeLabels<Range>> {
  return instantVector(`changes(${range})`);
}

/** Mean of the values in the window. */
export function avgOverTime<Range>(
  range: Over<'avgOverTime', SeriesKind, Range>,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`avg_over_time(${range})`);
}

/** Lowest value in the window. */
export function minOverTime<Range>(
  range: Over<'minOverTime', SeriesKind, Range>,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`min_over_time(${range})`);
}

/** Highest value in the window. */
export function maxOverTime<Range>(
  range: Over<'maxOverTime', SeriesKind, Range>,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`max_over_time(${range})`);
}

/** Sum of the values in the window. */
export function sumOverTime<Range>(
  range: Over<'sumOverTime', SeriesKind, Range>,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`sum_over_time(${range})`);
}

/** Number of samples in the window. */
export function countOverTime<Range>(
  range: Over<'countOverTime', SeriesKind, Range>,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`count_over_time(${range})`);
}

/** Most recent value in the window. */
export function lastOverTime<Range>(
  range: Over<'lastOverTime', SeriesKind, Range>,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`last_over_time(${range})`);
}

/** 1 for each series that has a sample in the window. */
export function presentOverTime<Range>(
  range: Over<'presentOverTime', SeriesKind, Range>,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`present_over_time(${range})`);
}

/** Standard deviation of the values in the window. */
export function stddevOverTime<Range>(
  range: Over<'stddevOverTime', SeriesKind, Range>,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`stddev_over_time(${range})`);
}

/**
 * Quantile (0 to 1) of the values in the window.
 *
 * @throws RangeError outside 0 to 1
 */
export function quantileOverTime<Range>(
  quantile: NumberArgument,
  range: Over<'quantileOverTime', SeriesKind, Range>,
): InstantVector<RangeLabels<Range>> {
  return instantVector(`quantile_over_time(${quantileText('quantileOverTime', quantile)}, ${range})`);
}

/** The argument that a function over time takes, or else a text that says why this one is wrong. */
export type Over<Function extends string, Needed extends SeriesKind, Argument> =
  Argument extends RangeVector<infer Name, infer Kind, string>
    ? Kind extends Needed
      ? Argument
      : `${Function}() needs a ${Needed}; ${Name} is a ${Kind}`
    : Argument extends Series<infer Name, SeriesKind, infer _Labels>
      ? `${Function}() needs a window: write .over('5m') behind ${Name}`
      : Argument extends PromqlExpression
        ? `${Function}() needs a metric with a window such as .over('5m'); aggregate what ${Function}() gives, not what it takes`
        : RangeVector<string, Needed, string>;

/** The labels of a range vector's series. */
export type RangeLabels<Range> = Range extends RangeVector<string, SeriesKind, infer Labels> ? Labels : never;
