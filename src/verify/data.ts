import type { LokiAnswer } from './loki-client.ts';
import type { PromSeries } from './prometheus-client.ts';

/** What a query returned, without the numbers themselves. */
export interface QueryData {
  /** How many there are with at least one value that is a number. */
  readonly count: number;
  readonly unit: 'series' | 'lines' | 'traces' | 'rows';
  /** Milliseconds since 1970 of the newest value; undefined where the answer has no times. */
  readonly newest: number | undefined;
  /** The newest value of the first series. */
  readonly value: number | undefined;
  /** The smallest and the largest of the newest values of all series. */
  readonly spread: readonly [number, number] | undefined;
  /** There are values, and every one of them is 0. */
  readonly isZero: boolean;
  /** Series that hold nothing but NaN. */
  readonly onlyNaN: number;
}

/** Points of one series: milliseconds since 1970 and values. */
export type Points = readonly (readonly [number, number])[];

/** The data of series. A series of nothing but NaN shows nothing, so it does not count. */
export function dataOfSeries(series: readonly { readonly points: Points }[]): QueryData {
  let [count, onlyNaN, isZero] = [0, 0, true];
  let newest: number | undefined;
  let value: number | undefined;
  let spread: readonly [number, number] | undefined;
  for (const { points } of series) {
    const shown = points.filter(([, each]) => !Number.isNaN(each));
    const last = shown.at(-1);
    if (!last) {
      if (points.length > 0) onlyNaN++;
      continue;
    }
    count++;
    value ??= last[1];
    spread = [Math.min(last[1], spread?.[0] ?? last[1]), Math.max(last[1], spread?.[1] ?? last[1])];
    isZero &&= shown.every(([, each]) => each === 0);
    newest = Math.max(newest ?? 0, last[0]);
  }
  return { count, unit: 'series', newest, value, spread, isZero: count > 0 && isZero, onlyNaN };
}

/** The data of things without a value, such as lines and traces. */
export function dataOfItems(unit: QueryData['unit'], count: number, newest: number | undefined): QueryData {
  return { count, unit, newest, value: undefined, spread: undefined, isZero: false, onlyNaN: 0 };
}

/** The data of an answer of Prometheus. */
export function dataOfPrometheus(series: readonly PromSeries[]): QueryData {
  return dataOfSeries(series);
}

/** The data of an answer of Loki. */
export function dataOfLoki(answer: LokiAnswer): QueryData {
  return answer.kind === 'lines'
    ? dataOfItems('lines', answer.count, answer.newest)
    : dataOfSeries(answer.series);
}
