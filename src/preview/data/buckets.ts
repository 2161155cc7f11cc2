import type { RawSeries } from './question.ts';

/**
 * A histogram's buckets by their bound, each without what is in the smaller ones: what Grafana makes of a query whose
 * format is heatmap. Series without a bound stay as they are.
 */
export function decumulated(series: readonly RawSeries[]): readonly RawSeries[] {
  const bounded = series.filter(({ labels }) => labels.le !== undefined);
  if (bounded.length < series.length) return series;
  const sorted = [...bounded].sort((a, b) => bound(a) - bound(b));
  return sorted.map(({ labels, times, values }, index) => {
    const below = sorted[index - 1];
    const smaller = new Map(below?.times.map((time, at) => [time, below.values[at] ?? 0]));
    return {
      labels,
      times,
      values: values.map((value, at) =>
        value === null ? null : Math.max(0, value - (smaller.get(times[at] ?? 0) ?? 0)),
      ),
    };
  });
}

function bound({ labels }: RawSeries): number {
  return labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le);
}
