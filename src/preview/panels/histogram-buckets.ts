import type { Panel } from '../../model/dashboard.ts';
import { drawable } from '../draw/scales.ts';
import { list, number, object } from '../field/json.ts';
import type { Series } from '../model.ts';

/** How often values lie in each bucket. */
export interface Histogram {
  /** Where the buckets begin that are not empty, rising. */
  readonly starts: readonly number[];
  /** All are of this size. */
  readonly size: number;
  /** One for each series; their values stand at the buckets' numbers, in the place of times. */
  readonly counts: readonly Series[];
  /** What stands at the edges, where that is not their number: at 0, 1, 2, … */
  readonly edges?: readonly string[];
}

/** Without `bucketCount`. */
const BUCKETS = 30;

/** Counts the values of series by the panel's `bucketSize`, `bucketOffset` and `bucketCount`. */
export function histogramOf(
  series: readonly Series[],
  options: Readonly<Record<string, unknown>>,
): Histogram {
  const wanted = number(options.bucketSize) ?? 0;
  const offset = number(options.bucketOffset) ?? 0;
  const size = wanted > 0 ? wanted : bucketSize(series, Math.max(1, number(options.bucketCount) ?? BUCKETS));
  const counted = series.map(({ values }) => {
    const counts = new Map<number, number>();
    for (const each of values) {
      const value = drawable(each);
      if (value === null) continue;
      const start = tidy(Math.floor((value - offset) / size) * size + offset);
      counts.set(start, (counts.get(start) ?? 0) + 1);
    }
    return counts;
  });
  const starts = [...new Set(counted.flatMap((counts) => [...counts.keys()]))].sort((a, b) => a - b);
  const counts = series.map((each, index) => {
    const own = starts.flatMap((start, place) => {
      const count = counted[index]?.get(start);
      return count === undefined ? [] : [[place, count] as const];
    });
    return { ...each, times: own.map(([place]) => place), values: own.map(([, count]) => count) };
  });
  return { starts, size, counts };
}

/** The buckets that a histogram of Prometheus has itself: those of a query whose format is heatmap. */
export function ownBuckets(panel: Panel, series: readonly Series[]): Histogram | undefined {
  const isHeatmap = list(panel.json.targets).some((target) => object(target).format === 'heatmap');
  const [first] = series;
  if (!first || !isHeatmap || series.some(({ labels }) => labels.le === undefined)) return undefined;
  const values = series.map((each) =>
    each.values.reduce<number>((sum, value) => sum + (drawable(value) ?? 0), 0),
  );
  return {
    starts: series.map((_, index) => index),
    size: 1,
    edges: ['0', ...series.map(({ labels }) => labels.le ?? '')],
    counts: [{ ...first, name: 'count', times: values.map((_, index) => index), values }],
  };
}

/** The smallest of 1, 2, 2.5, 4 and 5 times a power of ten that makes so few buckets and splits no step of the values. */
function bucketSize(series: readonly Series[], count: number): number {
  const values = Float64Array.from(
    series.flatMap((each) => each.values.filter((value) => drawable(value) !== null) as number[]),
  ).sort();
  let smallest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < values.length; index++) {
    const step = (values[index] ?? 0) - (values[index - 1] ?? 0);
    if (step > 0) smallest = Math.min(smallest, step);
  }
  if (smallest === Number.POSITIVE_INFINITY) return 1;
  const range = (values.at(-1) ?? 0) - (values[0] ?? 0);
  const least = Math.max(1e-9, smallest, range / count);
  for (let power = Math.floor(Math.log10(least)); ; power++)
    for (const factor of [1, 2, 2.5, 4, 5]) {
      const size = factor * 10 ** power;
      // Grafana has no bucket of 2.5.
      if (size > range / count && size >= least && size !== 2.5) return tidy(size);
    }
}

/** Without the last digits that calculating with fractions of ten leaves. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
