import type { CatalogueJob, LabelValues, Metric, MetricCatalogue } from '../model/metric-catalogue.ts';
import type { MetricFamily } from './metric-family.ts';

/** A catalogue made from what was seen, and what could not go into it. */
export interface PulledCatalogue {
  readonly catalogue: MetricCatalogue;
  readonly omitted: readonly OmittedMetric[];
}

/** A metric that a catalogue cannot describe; its jobs are not complete then. */
export interface OmittedMetric {
  readonly name: string;
  readonly why: 'no type' | 'no series yet';
}

/** What was read, from a page or from a server. */
export interface Seen {
  readonly families: readonly MetricFamily[];
  /** Names that are described and have no series, so that their labels are not known. */
  readonly withoutSeries: readonly string[];
  /** Labels that each job's targets add; undefined where that cannot be seen. */
  readonly targetLabels: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>> | undefined;
}

/**
 * The catalogue of what was seen. Label values are `open`, since those of an hour are not all there can be. Jobs are
 * complete only when the caller says so and everything could be described: many programs export a metric no sooner
 * than something has happened.
 */
export function toCatalogue(seen: Seen, pageJob: string, claimsComplete: boolean): PulledCatalogue {
  const omitted: OmittedMetric[] = [
    ...seen.families.filter(({ type }) => !type).map(({ name }) => ({ name, why: 'no type' as const })),
    ...seen.withoutSeries.map((name) => ({ name, why: 'no series yet' as const })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const jobs = new Set(seen.families.flatMap((family) => jobsOf(family, pageJob)));
  const complete = claimsComplete && omitted.length === 0;
  const metrics = seen.families.flatMap((family): [string, Metric][] => {
    const metric = metricOf(family, jobsOf(family, pageJob), seen.targetLabels);
    return metric ? [[family.name, metric]] : [];
  });
  return {
    catalogue: {
      catalogueVersion: 1,
      jobs: Object.fromEntries(
        [...jobs].sort().map((job) => [job, jobOf(complete, seen.targetLabels?.get(job))]),
      ),
      metrics: Object.fromEntries(metrics),
    },
    omitted,
  };
}

function jobsOf({ jobs }: MetricFamily, pageJob: string): string[] {
  return jobs ? [...jobs].sort() : [pageJob];
}

function jobOf(complete: boolean, targetLabels: CatalogueJob['targetLabels']): CatalogueJob {
  const labels = Object.entries(targetLabels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return labels.length > 0 ? { complete, targetLabels: Object.fromEntries(labels) } : { complete };
}

function metricOf(
  { type, help, unit, labels, buckets }: MetricFamily,
  jobs: readonly string[],
  targetLabels: Seen['targetLabels'],
): Metric | undefined {
  if (!type) return undefined;
  const ofTargets = new Set(jobs.flatMap((job) => Object.keys(targetLabels?.get(job) ?? {})));
  const own = [...labels.keys()].filter((label) => !ofTargets.has(label)).sort();
  return {
    type,
    ...(unit === undefined ? {} : { unit }),
    help,
    jobs,
    labels: Object.fromEntries(own.map((label): [string, LabelValues] => [label, 'open'])),
    ...(type === 'histogram' && buckets.length > 0 ? { buckets } : {}),
  };
}
