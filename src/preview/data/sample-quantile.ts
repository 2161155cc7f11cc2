import { except, grouped, type Labels } from './sample-labels.ts';
import type { SampleSeries } from './sample-series.ts';

/** As Prometheus: straight within the bucket in which the quantile lies. */
export function sampleQuantile(quantile: number, series: readonly SampleSeries[]): readonly SampleSeries[] {
  const labelsOf = (labels: Labels) => except(labels, ['le']);
  return [...grouped(series, labelsOf).values()].map((members) => {
    const buckets = members
      .map(({ labels, at }) => ({
        bound: labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le),
        at,
      }))
      .sort((a, b) => a.bound - b.bound);
    return {
      labels: labelsOf(members[0]?.labels ?? {}),
      at: (seconds) => {
        const counts = buckets.map(({ at }) => at(seconds));
        const rank = quantile * (counts[counts.length - 1] ?? Number.NaN);
        const index = counts.findIndex((count) => count >= rank);
        const [upper, lower] = [buckets[index], buckets[index - 1]];
        if (!upper || Number.isNaN(rank)) return Number.NaN;
        if (upper.bound === Number.POSITIVE_INFINITY) return lower?.bound ?? Number.NaN;
        const [from, below] = [lower?.bound ?? 0, counts[index - 1] ?? 0];
        return from + (upper.bound - from) * ((rank - below) / ((counts[index] ?? 0) - below || 1));
      },
    };
  });
}
