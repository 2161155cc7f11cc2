import type { Scalar } from './expression.ts';
import type { Variable } from './variable.ts';

/** A number where PromQL takes one: written out, from a dashboard variable, or a scalar expression. */
export type NumberArgument = number | Variable | Scalar;

/** The PromQL text of a number argument: `0.95`, `Inf`, `$limit`. */
export function numberText(argument: NumberArgument): string {
  if (typeof argument !== 'number') return argument.text;
  if (Number.isFinite(argument) || Number.isNaN(argument)) return String(argument);
  return argument > 0 ? 'Inf' : '-Inf';
}

/**
 * The text of a quantile.
 *
 * @throws RangeError outside 0 to 1, where Prometheus answers with infinity
 */
export function quantileText(caller: string, quantile: NumberArgument): string {
  if (typeof quantile === 'number' && !(quantile >= 0 && quantile <= 1)) {
    throw new RangeError(`${caller}(${quantile}, …): expected a quantile between 0 and 1, such as 0.95`);
  }
  return numberText(quantile);
}
