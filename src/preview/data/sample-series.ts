import type { LabelValues, Metric } from '../../model/metric-catalogue.ts';
import type { LoadedCatalogue } from '../../model/workspace.ts';
import { hashed, wave } from './sample-wave.ts';

/** One made-up series: its labels, and its value at any moment. */
export interface SampleSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** @param seconds since 1970 */
  readonly at: (seconds: number) => number;
}

/** Series of one name are at most so many, however many values their labels have. */
const MOST = 60;
/** What stands for label values that the catalogue leaves open. */
const OPEN_VALUES = ['sample-1', 'sample-2'];

/**
 * Made-up series with a name that the catalogues list, with the labels that they would have. Empty for a name that they
 * do not list, unless a job says that it exports more with that beginning.
 */
export function sampleSeries(
  catalogues: readonly LoadedCatalogue[],
  name: string,
  scrapes: Scrapes,
): readonly SampleSeries[] {
  return catalogues.flatMap(({ catalogue: { jobs, metrics } }) =>
    Object.entries(jobs).flatMap(([job, { targetLabels, unlistedPrefixes }]) => {
      const target = { job: [job], instance: [`${job}:8080`], ...targetLabels };
      if (name === 'up') return combine(target).map((labels) => ({ labels, at: () => 1 }));
      const family = Object.hasOwn(metrics, name) ? name : name.replace(/_(?:bucket|sum|count)$/, '');
      const metric = Object.hasOwn(metrics, family) ? metrics[family] : undefined;
      if (metric?.jobs.includes(job))
        return combine({ ...target, ...metric.labels }).flatMap((labels) =>
          ofMetric(name, family, metric, labels, scrapes),
        );
      const isUnlisted = unlistedPrefixes?.some((prefix) => name.startsWith(prefix));
      return isUnlisted ? combine(target).map((labels) => ofUnlisted(name, labels, scrapes)) : [];
    }),
  );
}

function combine(labels: Readonly<Record<string, LabelValues>>): Record<string, string>[] {
  let combined: Record<string, string>[] = [{}];
  for (const [label, values] of Object.entries(labels)) {
    const each = values === 'open' ? OPEN_VALUES : values.length === 0 ? [''] : values;
    combined = combined
      .flatMap((known) => each.map((value) => ({ ...known, [label]: value })))
      .slice(0, 2000);
  }
  // The likelier ones stay.
  return combined.length <= MOST
    ? combined
    : [...combined].sort((a, b) => likelihood(b) - likelihood(a)).slice(0, MOST);
}

/** Successes are many, failures few, and rare things rare: so that the picture looks like a service at work. */
function likelihood(labels: Readonly<Record<string, string>>): number {
  return Object.entries(labels).reduce((product, [label, value]) => {
    if (label === 'job' || label === 'instance') return product;
    const isRare =
      /error|timeout|not_found|invalid|refused|fail|[45]xx|3xx|unknown|other|none|^[45]\d\d$/.test(value);
    return product * (isRare ? 0.06 : 0.35 + 0.65 * hashed(`${label}=${value}`));
  }, 1);
}

function ofMetric(
  name: string,
  family: string,
  metric: Metric,
  labels: Readonly<Record<string, string>>,
  scrapes: Scrapes,
): SampleSeries[] {
  const key = `${family}${JSON.stringify(labels)}`;
  const weight = likelihood(labels);
  const perSecond = (0.5 + 8 * hashed(family)) * weight;
  switch (metric.type) {
    case 'gauge': {
      const course = wave(key);
      const size = 3 + 20 * hashed(family);
      return [{ labels, at: (seconds) => Math.max(0, Math.round(size * weight * course(seconds))) }];
    }
    case 'counter':
      return [{ labels, at: counter(key, perSecond, scrapes) }];
    case 'histogram':
    case 'summary':
      return ofHistogram(name, family, metric, labels, scrapes, counter(key, perSecond, scrapes));
    default:
      return metric.type satisfies never;
  }
}

function ofHistogram(
  name: string,
  family: string,
  { buckets = [] }: Metric,
  labels: Readonly<Record<string, string>>,
  scrapes: Scrapes,
  count: (seconds: number) => number,
): SampleSeries[] {
  // Most observations lie around a bucket in the middle.
  const typical = buckets[Math.floor(buckets.length * (0.35 + 0.2 * hashed(family)))] ?? 1;
  const key = `${family}${JSON.stringify(labels)}`;
  const [mean, spread] = [wave(`${key}mean`), wave(`${key}spread`)];
  if (name === `${family}_count`) return [{ labels, at: count }];
  if (name === `${family}_sum`)
    return [
      {
        labels,
        at: accumulated(`${key}sum`, scrapes, count, (seconds) => typical * 0.8 * mean(seconds)),
      },
    ];
  if (name !== `${family}_bucket`) return [];
  return [...buckets, Number.POSITIVE_INFINITY].map((bound) => ({
    labels: { ...labels, le: bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound) },
    at: accumulated(`${key}${bound}`, scrapes, count, (seconds) => {
      if (bound === Number.POSITIVE_INFINITY) return 1;
      const ratio = Math.max(0, bound) / (typical * spread(seconds));
      return (ratio * ratio * ratio) / (0.3 + ratio * ratio * ratio);
    }),
  }));
}

function ofUnlisted(name: string, labels: Readonly<Record<string, string>>, scrapes: Scrapes): SampleSeries {
  const key = `${name}${JSON.stringify(labels)}`;
  if (/_(?:start|boot)_time_seconds$|_timestamp_seconds$/.test(name))
    return { labels, at: (seconds) => Math.floor(seconds / 86_400) * 86_400 - 2 * 86_400 };
  if (name.endsWith('_total'))
    return { labels, at: counter(key, name.includes('seconds') ? 0.04 : 3, scrapes) };
  const size = name.endsWith('_bytes') ? 9e7 : name.endsWith('_seconds') ? 0.02 : 12;
  // What there is of something in all is more than what is used or left of it, and stays.
  if (/(?:total|_size|capacity|_max|limit)_bytes$|_max_fds$/i.test(name))
    return { labels, at: () => 5 * size };
  const course = wave(key);
  return { labels, at: (seconds) => size * course(seconds) };
}

/** The moments at which counters are made up; between them they rise straight. Seconds. */
export interface Scrapes {
  /** The first: nothing is known before it. */
  readonly from: number;
  readonly every: number;
}

/** A counter that began some hours ago and rises with the load. */
function counter(key: string, perSecond: number, scrapes: Scrapes): (seconds: number) => number {
  const start = Math.floor(hashed(key) * 1500 * perSecond);
  const course = wave(key);
  return running(start, scrapes, (seconds) => perSecond * scrapes.every * course(seconds));
}

/** A counter whose steps are those of another, each times a factor. */
function accumulated(
  key: string,
  scrapes: Scrapes,
  count: (seconds: number) => number,
  factor: (seconds: number) => number,
): (seconds: number) => number {
  const step = (seconds: number) => count(seconds) - count(seconds - scrapes.every);
  return running(hashed(key), scrapes, (seconds) => step(seconds) * factor(seconds));
}

/** The running sum of what each scrape adds, straight between scrapes. */
function running(
  start: number,
  { from, every }: Scrapes,
  added: (seconds: number) => number,
): (seconds: number) => number {
  const sums: number[] = [];
  const sumAt = (index: number): number => {
    for (let next = sums.length; next <= index; next++)
      sums.push((sums[next - 1] ?? start) + Math.max(0, added(from + next * every)));
    return sums[index] ?? start;
  };
  return (seconds) => {
    const position = Math.max(0, (seconds - from) / every);
    const index = Math.floor(position);
    const [low, high] = [sumAt(index), sumAt(index + 1)];
    return low + (high - low) * (position - index);
  };
}
