export * from './aggregations.ts';
export type { InstantVector, LabelsOf, PromqlExpression, Scalar } from './expression.ts';
export * from './functions.ts';
export { type Legend, legend, type NoSuchLabel } from './legend.ts';
export {
  type Comparison,
  type LabelMatcher,
  matches,
  matchesNot,
  noneOf,
  not,
  oneOf,
} from './matcher.ts';
export type * from './matching.ts';
export { type Histogram, type Metrics, metrics, type Summary } from './metrics.ts';
export type { NumberArgument } from './number.ts';
export * from './operators.ts';
export * from './range-functions.ts';
export type { RangeVector, Series, SeriesKind, Where } from './series.ts';
export { type Variable, variable } from './variable.ts';

import { raw } from './raw.ts';

/** PromQL as text: `promql.raw('…')`. */
export const promql = { raw } as const;
