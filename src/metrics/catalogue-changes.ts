import type { LabelValues, Metric, MetricCatalogue } from '../model/metric-catalogue.ts';
import type { MetricFamily } from './metric-family.ts';
import type { PulledCatalogue } from './to-catalogue.ts';

/** One way in which a live service is no longer what its catalogue says. */
export interface CatalogueChange {
  readonly metric: string;
  readonly kind:
    | 'metric gone'
    | 'metric added'
    | 'type changed'
    | 'label gone'
    | 'label added'
    | 'value added'
    | 'buckets changed'
    | 'job gone'
    | 'job added';
  /** One sentence without a full stop. */
  readonly message: string;
}

/** What changed since the catalogue was written, for the jobs that were read, by metric. */
export function catalogueChanges(
  before: MetricCatalogue,
  { catalogue: now, omitted }: PulledCatalogue,
  families: readonly MetricFamily[],
): CatalogueChange[] {
  const jobs = new Set(Object.keys(now.jobs));
  const hidden = new Set(omitted.map(({ name }) => name));
  const values = new Map(families.map(({ name, labels }) => [name, labels]));
  const names = [...new Set([...Object.keys(before.metrics), ...Object.keys(now.metrics)])].sort();
  return names.flatMap((name) => {
    const [old, live] = [before.metrics[name], now.metrics[name]];
    if (!old) return live && !isUnlisted(before, name, live) ? [added(name, live)] : [];
    const oldJobs = old.jobs.filter((job) => jobs.has(job));
    if (live) return changesOf(name, old, live, oldJobs, values.get(name) ?? new Map());
    return oldJobs.length > 0 && !hidden.has(name)
      ? [
          {
            metric: name,
            kind: 'metric gone',
            message: `${name} is gone: ${list(oldJobs)} no longer exports it`,
          },
        ]
      : [];
  });
}

function added(metric: string, { type, jobs }: Metric): CatalogueChange {
  return {
    metric,
    kind: 'metric added',
    message: `${metric} is new: ${list(jobs)} exports a ${type} of that name`,
  };
}

/** The catalogue does not claim to list it. */
function isUnlisted({ jobs }: MetricCatalogue, name: string, live: Metric): boolean {
  return live.jobs.every((job) => {
    const known = Object.hasOwn(jobs, job) ? jobs[job] : undefined;
    return !known?.complete || (known.unlistedPrefixes?.some((prefix) => name.startsWith(prefix)) ?? false);
  });
}

function changesOf(
  metric: string,
  old: Metric,
  live: Metric,
  oldJobs: readonly string[],
  values: ReadonlyMap<string, ReadonlySet<string>>,
): CatalogueChange[] {
  const changes: CatalogueChange[] = [];
  const change = (kind: CatalogueChange['kind'], message: string) => changes.push({ metric, kind, message });
  if (old.type !== live.type) change('type changed', `${metric} was a ${old.type} and is a ${live.type}`);
  for (const job of oldJobs)
    if (!live.jobs.includes(job)) change('job gone', `${metric} is no longer exported by ${job}`);
  for (const job of live.jobs)
    if (!old.jobs.includes(job)) change('job added', `${metric} is exported by ${job} too`);
  for (const label of Object.keys(old.labels))
    if (!Object.hasOwn(live.labels, label)) change('label gone', `${metric} has lost the label ${label}`);
  for (const label of Object.keys(live.labels)) {
    const allowed: LabelValues | undefined = Object.hasOwn(old.labels, label) ? old.labels[label] : undefined;
    if (allowed === undefined) change('label added', `${metric} has the new label ${label}`);
    else if (allowed !== 'open')
      for (const value of [...(values.get(label) ?? [])].sort())
        if (!allowed.includes(value))
          change('value added', `${metric} has the new value "${value}" of label ${label}`);
  }
  if (old.type === live.type && old.buckets && live.buckets && String(old.buckets) !== String(live.buckets))
    change(
      'buckets changed',
      `${metric} had the buckets ${old.buckets.join(', ')} and has ${live.buckets.join(', ')}`,
    );
  return changes;
}

function list(jobs: readonly string[]): string {
  return jobs.join(' and ');
}
