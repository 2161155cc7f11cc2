import type { CatalogueJob, LabelValues, Metric } from '../model/metric-catalogue.ts';
import type { LoadedCatalogue } from '../model/workspace.ts';
import { type ExpressionScope, jobNames } from './expression-scope.ts';

/** Series of one name from one scrape job, as a catalogue describes them. */
export interface MetricSource {
  /** The module in which the metric stands. */
  readonly file: string;
  readonly job: string;
  readonly metric: Metric;
  /** The metric's name in the catalogue: a histogram's without its ending. */
  readonly family: string;
  /** Which of a histogram's or summary's series it is. */
  readonly part: 'bucket' | 'sum' | 'count' | 'quantile' | 'value';
  /** Every label that the series can have, with its values, `__name__` aside. */
  readonly labels: ReadonlyMap<string, LabelValues>;
  /** Labels that every one of the series has. */
  readonly always: ReadonlySet<string>;
  /** False when there can be labels that neither the catalogue nor the server's configuration shows. */
  readonly isClosed: boolean;
}

const found = new WeakMap<ExpressionScope, Map<string, readonly MetricSource[]>>();

/** What the catalogues say of a name, for each job that exports it; empty when they do not list it. */
export function metricSources(scope: ExpressionScope, name: string): readonly MetricSource[] {
  const known = found.get(scope) ?? new Map<string, readonly MetricSource[]>();
  found.set(scope, known);
  const sources =
    known.get(name) ?? scope.catalogues.flatMap((catalogue) => sourcesIn(scope, catalogue, name));
  known.set(name, sources);
  return sources;
}

/** The catalogued jobs of a scope that are listed completely, by name. */
export function completeJobs({ catalogues }: ExpressionScope): ReadonlyMap<string, CatalogueJob> {
  return new Map(
    catalogues.flatMap(({ catalogue }) => Object.entries(catalogue.jobs).filter(([, job]) => job.complete)),
  );
}

/** The names of all series that a job's catalogues list, histograms by their parts. */
export function seriesNames({ catalogues }: ExpressionScope, job: string): readonly string[] {
  return catalogues.flatMap(({ catalogue }) =>
    Object.entries(catalogue.metrics).flatMap(([name, metric]) =>
      metric.jobs.includes(job) ? namesOf(name, metric) : [],
    ),
  );
}

function namesOf(name: string, { type }: Metric): string[] {
  if (type === 'histogram') return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
  return type === 'summary' ? [name, `${name}_sum`, `${name}_count`] : [name];
}

function sourcesIn(
  scope: ExpressionScope,
  { file, catalogue }: LoadedCatalogue,
  name: string,
): MetricSource[] {
  const listed = listedMetric(catalogue.metrics, name);
  if (!listed) return [];
  const { metric, part } = listed;
  return metric.jobs.map((job) => {
    const scraped = scope.prometheus?.jobs.find((each) => each.name === job);
    const declared = catalogue.jobs[job]?.targetLabels;
    const labels = new Map<string, LabelValues>(Object.entries(metric.labels));
    for (const [label, values] of Object.entries(declared ?? {})) labels.set(label, values);
    for (const [label, values] of Object.entries(scraped?.targetLabels ?? {}))
      labels.set(label, (values === undefined ? undefined : declared?.[label]) ?? values ?? 'open');
    labels.set('job', (scraped ? jobNames(scraped) : undefined) ?? (scraped ? 'open' : [job]));
    labels.set('instance', 'open');
    if (part === 'bucket') labels.set('le', 'open');
    if (part === 'quantile') labels.set('quantile', 'open');
    const always = new Set([...Object.keys(metric.labels), 'job', 'instance']);
    if (part === 'bucket') always.add('le');
    // Without the server's configuration, a catalogue that names its target labels is taken at its word.
    const isClosed = scope.prometheus ? scraped?.closed === true : declared !== undefined;
    return { file, job, ...listed, labels, always, isClosed };
  });
}

/** A histogram's plain name is not taken: native histograms have it, with the same catalogue. */
function listedMetric(metrics: Readonly<Record<string, Metric>>, name: string) {
  const own = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (own && own.type !== 'histogram')
    return { family: name, metric: own, part: own.type === 'summary' ? 'quantile' : 'value' } as const;
  const [, family = '', part] = /^(.+)_(bucket|sum|count)$/.exec(name) ?? [];
  const metric = Object.hasOwn(metrics, family) ? metrics[family] : undefined;
  const isPart = metric?.type === 'histogram' || (metric?.type === 'summary' && part !== 'bucket');
  return metric && isPart ? { family, metric, part: part as 'bucket' | 'sum' | 'count' } : undefined;
}
