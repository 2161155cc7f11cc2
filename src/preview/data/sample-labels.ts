import type { SampleSeries } from './sample-series.ts';

/** Labels of a series. */
export type Labels = Readonly<Record<string, string>>;

/** Without the metric's name. */
export function unnamed({ __name__: _, ...labels }: Labels): Labels {
  return labels;
}

/** The labels with these names. */
export function only(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name)));
}

/** The labels but these, and but the name. */
export function except(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(unnamed(labels)).filter(([name]) => !names.includes(name)));
}

/** The same for the same labels. */
export function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The series by the labels of their group. */
export function grouped(
  series: readonly SampleSeries[],
  groupOf: (labels: Labels) => Labels,
): Map<string, SampleSeries[]> {
  const groups = new Map<string, SampleSeries[]>();
  for (const each of series) {
    const key = keyOf(groupOf(each.labels));
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return groups;
}
