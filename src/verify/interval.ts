/** How finely a panel asks, all in milliseconds. */
export interface PanelInterval {
  /** `$__interval`: one point of the graph. */
  readonly intervalMs: number;
  readonly maxDataPoints: number;
}

/** Steps that Grafana rounds an interval to: `[below this many milliseconds, it becomes this]`. */
const ROUNDED: readonly (readonly [number, number])[] = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1500, 1000],
  [3500, 2000],
  [7500, 5000],
  [12_500, 10_000],
  [17_500, 15_000],
  [25_000, 20_000],
  [45_000, 30_000],
  [90_000, 60_000],
  [210_000, 120_000],
  [450_000, 300_000],
  [750_000, 600_000],
  [1_050_000, 900_000],
  [1_500_000, 1_200_000],
  [2_700_000, 1_800_000],
  [5_400_000, 3_600_000],
  [9_000_000, 7_200_000],
  [16_200_000, 10_800_000],
  [32_400_000, 21_600_000],
  [86_400_000, 43_200_000],
  [604_800_000, 86_400_000],
  [1_814_400_000, 604_800_000],
  [3_628_800_000, 2_592_000_000],
];
const YEAR = 31_536_000_000;

/** Pixels that a dashboard has for its 24 columns on a screen of 1920. */
const DASHBOARD_WIDTH = 1840;
/** Prometheus refuses more points than this for one series. */
const MAX_POINTS = 11_000;

/**
 * What the browser sends for a panel: as many points as it is wide in pixels, an interval that is rounded and never
 * finer than the panel's (or else the datasource's) smallest one.
 */
export function panelInterval(
  rangeMs: number,
  panel: { readonly columns: number | undefined; readonly maxDataPoints: unknown },
  leastMs: number,
): PanelInterval {
  const width = Math.floor((DASHBOARD_WIDTH * (panel.columns ?? 12)) / 24);
  const points = Number(panel.maxDataPoints);
  const maxDataPoints = points > 0 ? points : width;
  return { maxDataPoints, intervalMs: Math.max(rounded(rangeMs / maxDataPoints), leastMs) };
}

/** The distance of two points that Prometheus is asked for, in milliseconds. */
export function prometheusStep(rangeMs: number, { intervalMs, maxDataPoints }: PanelInterval): number {
  const calculated = Math.max(rounded(rangeMs / maxDataPoints), intervalMs);
  return Math.max(calculated, rounded(rangeMs / MAX_POINTS));
}

/**
 * `$__rate_interval` in milliseconds: always wide enough for four samples, and for one more than the points are apart.
 * `scrapeMs` is the query's smallest step, or else the datasource's scrape interval.
 */
export function rateInterval(intervalMs: number, scrapeMs: number): number {
  return Math.max(intervalMs + scrapeMs, 4 * scrapeMs);
}

/** Milliseconds of an interval as people write it (`30s`, `>1m`, `500ms`); undefined for anything else. */
export function intervalMs(text: unknown): number | undefined {
  const match = typeof text === 'string' ? /^[<>=\s]*(\d+(?:\.\d+)?)(ms|[smhdwMy])$/.exec(text.trim()) : null;
  const unit = UNITS[match?.[2] ?? ''];
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
}

/** An interval in the largest unit that fits, as Grafana writes it into queries. */
export function intervalText(milliseconds: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const)
    if (milliseconds >= UNITS[unit] && milliseconds % UNITS[unit] === 0)
      return `${milliseconds / UNITS[unit]}${unit}`;
  return `${Math.max(1, Math.round(milliseconds))}ms`;
}

/** Milliseconds of each unit of time. */
export const UNITS = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_592_000_000,
  y: YEAR,
} as Readonly<Record<string, number>> & Readonly<Record<'s' | 'm' | 'h' | 'd', number>>;

function rounded(milliseconds: number): number {
  return ROUNDED.find(([below]) => milliseconds < below)?.[1] ?? YEAR;
}
