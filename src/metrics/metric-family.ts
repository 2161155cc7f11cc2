import type { MetricType } from '../model/metric-catalogue.ts';

/** What a live service or server shows of one metric: the sum of its series. */
export interface MetricFamily {
  /** The name as a catalogue has it: a histogram's without its endings, a counter's with `_total`. */
  readonly name: string;
  /** Undefined when the source does not say. */
  readonly type: MetricType | undefined;
  readonly help: string;
  readonly unit: string | undefined;
  /** Values of each of its own labels; `le` and `quantile` are not among them. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
  /** Upper bounds of buckets without `+Inf`, rising. */
  readonly buckets: readonly number[];
  /** The jobs its series come from; undefined where the source is one service's page. */
  readonly jobs: ReadonlySet<string> | undefined;
}

/** One line of samples, or one series: a name and labels. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What is said of a metric beside its samples. */
export interface Described {
  readonly type: MetricType | undefined;
  readonly help: string;
  readonly unit: string | undefined;
}

/** What the formats call the types of metrics. */
export const WRITTEN_TYPES: { readonly [written: string]: MetricType | undefined } = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  summary: 'summary',
  // OpenMetrics: gauges of a kind.
  info: 'gauge',
  stateset: 'gauge',
};

/** Labels that a server adds; they are not the metric's own. */
const OF_THE_SERVER = new Set(['__name__', 'job', 'instance']);

/**
 * Gathers samples into families, in the order of names. `described` has what is said of them by the name that the
 * format uses; series of which nothing is said have no type.
 */
export function gatherFamilies(
  samples: Iterable<Sample>,
  described: ReadonlyMap<string, Described>,
  withJobs: boolean,
): MetricFamily[] {
  const families = new Map<string, Growing>();
  for (const sample of samples) {
    const [name, of] = familyOf(sample, described);
    const family = families.get(name) ?? newFamily(name, of);
    families.set(name, family);
    for (const [label, value] of Object.entries(sample.labels)) addLabel(family, sample.name, label, value);
    if (withJobs && sample.labels.job !== undefined) family.jobs.add(sample.labels.job);
  }
  return [...families.values()]
    .map(({ bounds, jobs, ...family }) => ({
      ...family,
      buckets: [...bounds].sort((a, b) => a - b),
      jobs: withJobs ? jobs : undefined,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Described names of which there is no series yet. */
export function withoutSeries(
  described: ReadonlyMap<string, Described>,
  families: readonly MetricFamily[],
): string[] {
  const seen = new Set(families.map(({ name }) => name));
  return [...described.keys()].filter(
    (name) =>
      !['', '_total', '_info'].some((ending) => seen.has(name + ending)) && !name.endsWith('_created'),
  );
}

type Growing = Omit<MetricFamily, 'labels' | 'buckets' | 'jobs'> & {
  readonly labels: Map<string, Set<string>>;
  readonly bounds: Set<number>;
  readonly jobs: Set<string>;
};

function newFamily(name: string, described: Described | undefined): Growing {
  const { type, help = '', unit } = described ?? {};
  return { name, type, help, unit, labels: new Map(), bounds: new Set(), jobs: new Set() };
}

/** The name of the family that a sample belongs to, and what is said of it. */
function familyOf(
  { name }: Sample,
  described: ReadonlyMap<string, Described>,
): [string, Described | undefined] {
  const own = described.get(name);
  if (own) return [name, own];
  const [, base = '', ending] = /^(.+)_(bucket|sum|count|total|info)$/.exec(name) ?? [];
  const of = described.get(base);
  // OpenMetrics describes a counter without `_total`, and an info without `_info`.
  if (of?.type === 'counter' && ending === 'total') return [name, of];
  if (of?.type === 'gauge' && ending === 'info') return [name, of];
  const isPart = of?.type === 'histogram' || (of?.type === 'summary' && ending !== 'bucket');
  return isPart && ending !== 'total' && ending !== 'info' ? [base, of] : [name, undefined];
}

function addLabel(family: Growing, sample: string, label: string, value: string): void {
  // An empty value is no label to Prometheus.
  if (OF_THE_SERVER.has(label) || value === '') return;
  if (label === 'le' && sample.endsWith('_bucket') && family.type === 'histogram') {
    if (Number.isFinite(Number(value))) family.bounds.add(Number(value));
    return;
  }
  if (label === 'quantile' && family.type === 'summary') return;
  family.labels.set(label, (family.labels.get(label) ?? new Set()).add(value));
}
