/** One construct of the query language: a use that compiles, and a mistake with what the compiler says to it. */
export interface TypeCheck {
  readonly construct: string;
  readonly right: string;
  readonly mistake: string;
  /** The compiler's message without file and code; further lines are indented as the compiler does. */
  readonly message: string;
}

/** What stands above the checks: the names they use. `query` has the shape of a datasource handle's. */
export const prelude = (from: string) => `
import { fixtureCatalogue } from '${from}/fixture-catalogue.ts';
import * as q from '${from}/index.ts';
import { type Legend, type LabelsOf, type PromqlExpression } from '${from}/index.ts';
const { metrics, rate, sum, topk, histogramQuantile, legend, oneOf, not, matches, variable, promql } = q;
const m = metrics(fixtureCatalogue);
const job = 'dice-roller-stage4';
const rolls = rate(m.async_rolls_total.where({ job }).over('5m'));
const sizes = rate(m.async_roll_batch_size.bucket.where({ job }).over('5m'));
declare function query<E extends string | PromqlExpression, T extends string = string>(
  expression: E, options?: { legend?: Legend<T, LabelsOf<E>> }): void;
declare const looseCatalogue: import('${from}/../model/metric-catalogue.ts').MetricCatalogue;
declare const logql: { readonly language: 'logql'; readonly text: string };
`;
