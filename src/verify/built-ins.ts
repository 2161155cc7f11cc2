import type { VariableValues } from './interpolate.ts';
import { intervalMs, intervalText, type PanelInterval, UNITS } from './interval.ts';
import type { TimeWindow } from './prometheus-client.ts';

/**
 * Grafana's own variables for one panel: `$__interval`, `$__rate_interval`, `$__range`, `$__from`, … `scrapeMs` is the
 * smallest step that the query or its datasource says. Without an interval only those of the time are there.
 */
export function builtIns(
  { from, to }: TimeWindow,
  interval: (PanelInterval & { readonly rateMs: number }) | undefined,
  scrapeMs: number,
): VariableValues {
  const range = to - from;
  const step = interval?.intervalMs ?? scrapeMs;
  const rate = interval?.rateMs ?? 4 * scrapeMs;
  const entries = {
    __interval: intervalText(step),
    __interval_ms: String(step),
    __auto: intervalText(step),
    __rate_interval: intervalText(rate),
    __rate_interval_ms: String(rate),
    __range: `${Math.round(range / UNITS.s)}s`,
    __range_s: String(Math.round(range / UNITS.s)),
    __range_ms: String(range),
    __from: String(from),
    __to: String(to),
  };
  return new Map(
    Object.entries(entries).map(([name, value]) => [
      name,
      { values: [value], isMany: false, isVerbatim: true },
    ]),
  );
}

/** The smallest step that a panel's text or a datasource's settings allow, in milliseconds. */
export function leastInterval(...written: readonly unknown[]): number {
  return written.map(intervalMs).find((found) => found !== undefined) ?? 15_000;
}
