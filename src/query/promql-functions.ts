/** The types of PromQL's expressions, in Prometheus' own words. */
export type PromqlType = 'instant vector' | 'range vector' | 'scalar' | 'string';

/** What a function takes and gives. */
export interface Signature {
  readonly takes: readonly PromqlType[];
  /** How many of `takes` must be there. */
  readonly atLeast: number;
  /** The last one may be repeated. */
  readonly isVariadic: boolean;
  readonly gives: PromqlType;
}

/**
 * What PromQL's functions take, by Prometheus' documentation of its functions: `r` is a range vector, `v` an instant
 * vector, `n` a scalar, `s` a string; `?` can be left out, `*` can come any number of times.
 */
const TAKES: { readonly [parameters: string]: string } = {
  r: `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate
    last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time
    stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time
    ts_of_min_over_time`,
  v: `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count
    histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad scalar sgn sin sinh sort sort_desc sqrt tan tanh
    timestamp`,
  'v?': 'day_of_month day_of_week day_of_year days_in_month hour minute month year',
  '': 'pi time',
  n: 'vector',
  'v n': 'clamp_max clamp_min',
  'v n?': 'round',
  'v n n': 'clamp',
  'r n': 'predict_linear',
  'r n n': 'double_exponential_smoothing holt_winters',
  'n v': 'histogram_quantile',
  'n n v': 'histogram_fraction',
  'n r': 'quantile_over_time',
  'v s*': 'sort_by_label sort_by_label_desc',
  'v s s s*': 'label_join',
  'v s s s s': 'label_replace',
};

const GIVES_SCALAR = new Set(['pi', 'time', 'scalar']);

const LETTERS: { readonly [letter: string]: PromqlType | undefined } = {
  r: 'range vector',
  v: 'instant vector',
  n: 'scalar',
  s: 'string',
};

const SIGNATURES = new Map(
  Object.entries(TAKES).flatMap(([parameters, names]) =>
    names.split(/\s+/).map((name): [string, Signature] => [name, signature(name, parameters)]),
  ),
);

/** The functions of the table. */
export const FUNCTION_NAMES: readonly string[] = [...SIGNATURES.keys()];

/** What a function takes; undefined for those that are not in the table, such as experiments of a later version. */
export function signatureOf(name: string): Signature | undefined {
  return SIGNATURES.get(name);
}

function signature(name: string, parameters: string): Signature {
  const parts = parameters.split(' ').filter((part) => part !== '');
  return {
    takes: parts.map((part) => LETTERS[part.charAt(0)] ?? 'scalar'),
    atLeast: parts.filter((part) => part.length === 1).length,
    isVariadic: parts.some((part) => part.endsWith('*')),
    gives: GIVES_SCALAR.has(name) ? 'scalar' : 'instant vector',
  };
}

/** The parameter that an aggregation takes before its vector. */
export const AGGREGATION_PARAMETERS: { readonly [op: string]: PromqlType | undefined } = {
  topk: 'scalar',
  bottomk: 'scalar',
  quantile: 'scalar',
  limitk: 'scalar',
  limit_ratio: 'scalar',
  count_values: 'string',
};
