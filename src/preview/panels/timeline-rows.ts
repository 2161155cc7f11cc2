import type { Series } from '../model.ts';

/** A time in which a series stays in one state. */
export interface Span {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly value: number | null;
}

/** What decides about spans. */
export interface SpanOptions {
  /** Where the last state ends, if it lasts that long. */
  readonly end: number;
  /** A state ends this long after its last value when the next one is missing. Milliseconds. */
  readonly step: number;
  /** Values with the same key are one state. */
  readonly keyOf: (value: number | null) => unknown;
  readonly isMerged: boolean;
  /** False for values that are a gap, such as null. */
  readonly isState: (value: number | null) => boolean;
  /** How long a gap may be that is no gap. Milliseconds. */
  readonly spanNulls: number;
}

/** The states of a series, one after the other: each lasts until the next value, and equal ones are one. */
export function spansOf({ times, values }: Series, options: SpanOptions): Span[] {
  const { end, step, keyOf, isMerged, isState, spanNulls } = options;
  const spans: Span[] = [];
  const points = times
    .map((time, index) => ({ time, value: values[index] ?? null }))
    // A gap that is bridged is as if it were not there.
    .filter(({ value }) => isState(value) || spanNulls === 0);
  for (const [index, { time, value }] of points.entries()) {
    if (!isState(value)) continue;
    const next = points[index + 1]?.time ?? end;
    const to = Math.min(end, next - time > Math.max(step, spanNulls) * 1.5 ? time + step : next);
    const last = spans.at(-1);
    if (isMerged && last && last.to === time && keyOf(last.value) === keyOf(value))
      spans[spans.length - 1] = { ...last, to };
    else if (to >= time) spans.push({ from: time, to, value });
  }
  return spans;
}

/** The shortest time between two values of any series; infinite where no series has two. */
export function shortestStep(series: readonly Series[]): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (const { times } of series)
    for (const [index, time] of times.entries()) {
      const before = times[index - 1];
      if (before !== undefined && time > before) shortest = Math.min(shortest, time - before);
    }
  return shortest;
}

/**
 * Where rows stand: they share a height, of which each takes its part, from the first edge to the last.
 *
 * @param part how much of the height the rows take, from 0 to 1; the rest is between them
 */
export function rowPlaces(
  count: number,
  height: number,
  part: number,
): { readonly y: number; readonly height: number }[] {
  const each = (part * height) / Math.max(1, count);
  const gap = count > 1 ? ((1 - part) * height) / (count - 1) : 0;
  return Array.from({ length: count }, (_, index) => ({ y: index * (each + gap), height: each }));
}
