import { drawable } from '../draw/scales.ts';
import type { Series } from '../model.ts';

/** How wide groups and the bars in them are, and how bars of one group share it. */
export interface BarOptions {
  readonly groups: number;
  /** Of the whole length, 0 to 1. */
  readonly groupWidth: number;
  /** Of a group, 0 to 1. */
  readonly barWidth: number;
  readonly stacking: 'none' | 'normal' | 'percent';
}

/** How high a bar is: where it begins and ends along the axis of values. */
export interface BarHeight {
  /** Number of its group, from 0. */
  readonly group: number;
  /** Number of its field, from 0. */
  readonly field: number;
  readonly from: number;
  readonly to: number;
  /** What it is a bar of; stacked and as a share, `to - from` is something else. */
  readonly value: number;
}

/** One bar. */
export interface BarPlace extends BarHeight {
  /** Along the groups, as parts of the whole length. */
  readonly start: number;
  readonly size: number;
}

/** Places the bars of fields, whose `times` are numbers of groups. What is no number has no bar. */
export function barPlaces(fields: readonly Series[], options: BarOptions): BarPlace[] {
  const { groups, groupWidth, barWidth, stacking } = options;
  const isStacked = stacking !== 'none';
  const group = parts(groups, groupWidth);
  const bar = isStacked ? [{ start: 0, size: 1 }] : parts(fields.length, barWidth);
  return barHeights(fields, stacking).flatMap((height) => {
    const outer = group[height.group];
    const inner = bar[isStacked ? 0 : height.field];
    if (!outer || !inner) return [];
    return [{ ...height, start: outer.start + inner.start * outer.size, size: outer.size * inner.size }];
  });
}

/** The bars of fields by their groups, stacked where that is asked for. */
export function barHeights(fields: readonly Series[], stacking: BarOptions['stacking']): BarHeight[] {
  const wholes = stacking === 'percent' ? sums(fields) : undefined;
  // Negative bars are stacked downwards, beside those that go up.
  const tops = new Map<string, number>();
  return fields.flatMap(({ times, values }, field) =>
    times.flatMap((group, index): BarHeight[] => {
      const value = drawable(values[index]);
      if (value === null) return [];
      const height = wholes ? value / (wholes.get(group) || 1) : value;
      const key = `${group} ${height < 0}`;
      const from = stacking === 'none' ? 0 : (tops.get(key) ?? 0);
      tops.set(key, from + height);
      return [{ group, field, value, from, to: from + height }];
    }),
  );
}

/** Equal parts that take a share of a length, the first at its beginning and the last at its end; one is in the middle. */
export function parts(count: number, share: number): { readonly start: number; readonly size: number }[] {
  const size = share / Math.max(1, count);
  const gap = count > 1 ? (1 - share) / (count - 1) : 0;
  const first = count > 1 ? 0 : (1 - share) / 2;
  return Array.from({ length: count }, (_, index) => ({ start: first + index * (size + gap), size }));
}

function sums(fields: readonly Series[]): Map<number, number> {
  const totals = new Map<number, number>();
  for (const { times, values } of fields)
    for (const [index, place] of times.entries())
      totals.set(place, (totals.get(place) ?? 0) + Math.abs(drawable(values[index]) ?? 0));
  return totals;
}
