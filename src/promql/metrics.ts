import type { LabelValues, Metric, MetricCatalogue } from '../model/metric-catalogue.ts';
import { type Series, type SeriesKind, series } from './series.ts';

/** The handles of a catalogue's metrics, by metric name. `Names` comes first for the compiler's messages. */
export type Metrics<Names extends keyof Catalogue['metrics'], Catalogue extends MetricCatalogue> = {
  readonly [Name in Names]: Handle<
    Name & string,
    Catalogue['metrics'][Name],
    LabelsOfMetric<Catalogue, Catalogue['metrics'][Name]>
  >;
};

/** A histogram's series: queries use one of its parts. */
export interface Histogram<Name extends string, Labels, _Parts = '.bucket' | '.sum' | '.count'> {
  /** How many observations were at most `le`. */
  readonly bucket: Series<`${Name}_bucket`, 'counter', WithLabel<Labels, 'le'>>;
  /** The sum of all observations. */
  readonly sum: Series<`${Name}_sum`, 'counter', Labels>;
  /** How many observations there were. */
  readonly count: Series<`${Name}_count`, 'counter', Labels>;
}

/** A summary's series: queries use one of its parts. */
export interface Summary<Name extends string, Labels, _Parts = '.quantiles' | '.sum' | '.count'> {
  /** The quantiles that the service computes itself; some services export none. */
  readonly quantiles: Series<Name, 'gauge', WithLabel<Labels, 'quantile'>>;
  /** The sum of all observations. */
  readonly sum: Series<`${Name}_sum`, 'counter', Labels>;
  /** How many observations there were. */
  readonly count: Series<`${Name}_count`, 'counter', Labels>;
}

/**
 * Typed handles for the metrics of a catalogue: `metrics(catalogue).async_rolls_total`.
 *
 * The catalogue must be literal (`as const`), so that its names, labels and values are known to the compiler.
 */
export function metrics<const Catalogue extends MetricCatalogue>(
  catalogue: Literal<Catalogue>,
): Metrics<keyof Catalogue['metrics'], Catalogue> {
  const { metrics: known } = catalogue as MetricCatalogue;
  const handles = Object.entries(known).map(([name, metric]) => [name, handle(name, metric)]);
  return Object.fromEntries(handles) as Metrics<keyof Catalogue['metrics'], Catalogue>;
}

function handle(name: string, metric: Metric): unknown {
  switch (metric.type) {
    case 'counter':
    case 'gauge':
      return series(name, metric.type);
    case 'histogram':
      return { bucket: series(`${name}_bucket`, 'counter'), ...sumAndCount(name) };
    case 'summary':
      return { quantiles: series(name, 'gauge'), ...sumAndCount(name) };
    default:
      return metric.type satisfies never;
  }
}

function sumAndCount(name: string) {
  return { sum: series(`${name}_sum`, 'counter'), count: series(`${name}_count`, 'counter') };
}

/** The catalogue, or else a text that says why its names are not known to the compiler. */
type Literal<Catalogue extends MetricCatalogue> = string extends keyof Catalogue['metrics']
  ? 'metrics() needs a literal catalogue: write as const behind it and no type before it'
  : Catalogue;

type Handle<Name extends string, M extends Metric, Labels> = M['type'] extends SeriesKind
  ? Series<Name, M['type'], Labels>
  : M['type'] extends 'histogram'
    ? Histogram<Name, Labels>
    : Summary<Name, Labels>;

/** The metric's own labels, those of its scrape targets, `job` and `instance`, spelled out for the compiler's messages. */
type LabelsOfMetric<Catalogue extends MetricCatalogue, M extends Metric> = SpelledOut<
  { [Label in keyof M['labels']]: ValueOf<M['labels'][Label]> } & TargetLabels<
    Catalogue['jobs'][M['jobs'][number]]
  > & { job: M['jobs'][number]; instance: string }
>;

type ValueOf<Values extends LabelValues> = Values extends readonly (infer Value)[] ? Value : string;

/** Distributes over the jobs, because a metric of two jobs has the target labels of both. */
type TargetLabels<Job> = {
  [Label in Job extends { readonly targetLabels: infer T } ? keyof T : never]: Job extends {
    readonly targetLabels: { readonly [L in Label]: infer Values extends LabelValues };
  }
    ? ValueOf<Values>
    : never;
};

type WithLabel<Labels, Added extends string> = SpelledOut<Labels & { [Label in Added]: string }>;

type SpelledOut<T> = T extends infer Known ? { -readonly [Key in keyof Known]: Known[Key] } : never;
