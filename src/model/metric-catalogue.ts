/**
 * The metrics that services export, as literal data: what their names, labels and label values are.
 *
 * A catalogue is a TypeScript module (`metrics.ts` or `*.metrics.ts`) that imports nothing and exports one object
 * literal named `catalogue`. The service makes its instruments from it, definitions make typed queries from it, and
 * `check` reads it through the syntax tree without running it.
 */
export interface MetricCatalogue {
  /** Version of this shape; a file without it is not taken for a catalogue. */
  readonly catalogueVersion: 1;
  /** The Prometheus scrape jobs these metrics come from, by `job_name`. */
  readonly jobs: Readonly<Record<string, CatalogueJob>>;
  /** The metrics by name. A histogram stands once, without `_bucket`, `_sum` and `_count`. */
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** What is known about one scrape job. */
export interface CatalogueJob {
  /** True when `metrics` lists everything the job exports, so that any other name is a mistake. */
  readonly complete: boolean;
  /** Labels that the scrape target adds to each series (static labels of prometheus.yml). */
  readonly targetLabels?: Readonly<Record<string, LabelValues>>;
  /** Beginnings of names that the job exports too but the catalogue does not list, such as `process_`. */
  readonly unlistedPrefixes?: readonly string[];
}

/** One metric: a family of series with the same name, type and label names. */
export interface Metric {
  readonly type: MetricType;
  /** What it counts or measures, as in its `# HELP` line. */
  readonly help: string;
  /** Base unit in Prometheus' spelling (`seconds`, `bytes`, …) or what is counted (`rolls`). */
  readonly unit?: string;
  /** The scrape jobs that export it: keys of `jobs`. */
  readonly jobs: readonly string[];
  /** Its own labels; `job`, `instance` and a histogram's `le` are not listed. */
  readonly labels: Readonly<Record<string, LabelValues>>;
  /** Upper bounds of a histogram's buckets without `+Inf`, in the metric's unit. */
  readonly buckets?: readonly number[];
}

/** `counter` only rises, `gauge` goes both ways, `histogram` has buckets, `summary` has quantiles. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary';

/** The closed set of values that a label can have, or `open` when it is not known in advance. */
export type LabelValues = readonly string[] | 'open';
