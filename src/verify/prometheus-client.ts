import { asList, asRecord, asText } from '../load/record.ts';
import type { Ask } from './http.ts';

/** Series as Prometheus' API gives them. */
export interface PromSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since 1970 and values, oldest first. */
  readonly points: readonly (readonly [number, number])[];
}

/** What a scrape of one target came to. */
export interface ScrapeTarget {
  readonly job: string;
  readonly instance: string;
  readonly url: string;
  /** `up`, `down`, or `unknown` before the first scrape. */
  readonly health: string;
  readonly error: string;
  readonly intervalSeconds: number | undefined;
}

/** What is asked of Prometheus' HTTP API, directly or behind Grafana. Times are milliseconds since 1970. */
export interface PrometheusClient {
  instant(expr: string, time: number | undefined): Promise<readonly PromSeries[]>;
  range(expr: string, window: { from: number; to: number; stepMs: number }): Promise<readonly PromSeries[]>;
  labelNames(window: TimeWindow): Promise<readonly string[]>;
  labelValues(label: string, selector: string | undefined, window: TimeWindow): Promise<readonly string[]>;
  series(selector: string, window: TimeWindow): Promise<readonly Readonly<Record<string, string>>[]>;
  targets(): Promise<readonly ScrapeTarget[]>;
  /** Labels of the exemplars of the series that an expression mentions. */
  exemplars(expr: string, window: TimeWindow): Promise<readonly Readonly<Record<string, string>>[]>;
}

/** Milliseconds since 1970. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Asks one Prometheus, or what speaks its API. */
export function prometheusClient(ask: Ask): PrometheusClient {
  const data = async (path: string, form: Record<string, string>, post = true) =>
    asRecord(await ask({ path: `/api/v1/${path}`, ...(post ? { form } : { query: form }) }))?.data;
  return {
    async instant(expr, time) {
      const form = { query: expr, ...(time === undefined ? {} : { time: seconds(time) }) };
      return readSeries(await data('query', form));
    },
    async range(expr, { from, to, stepMs }) {
      const form = { query: expr, start: seconds(from), end: seconds(to), step: seconds(stepMs) };
      return readSeries(await data('query_range', form));
    },
    labelNames: async (window) => texts(await data('labels', startEnd(window), false)),
    async labelValues(label, selector, window) {
      const form = { ...startEnd(window), ...(selector === undefined ? {} : { 'match[]': selector }) };
      return texts(await data(`label/${encodeURIComponent(label)}/values`, form, false));
    },
    async series(selector, window) {
      // A limit is an option of newer versions; older ones leave it aside.
      const form = { ...startEnd(window), 'match[]': selector, limit: '1000' };
      return asList(await data('series', form, false)).map(labelsOf);
    },
    async targets() {
      const answer = asRecord(await data('targets', { state: 'active' }, false));
      return asList(answer?.activeTargets).map(readTarget);
    },
    async exemplars(expr, window) {
      const found = asList(await data('query_exemplars', { ...startEnd(window), query: expr }, false));
      return found.flatMap((series) =>
        asList(asRecord(series)?.exemplars).map((one) => labelsOf(asRecord(one)?.labels)),
      );
    },
  };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function startEnd({ from, to }: TimeWindow) {
  return { start: seconds(from), end: seconds(to) };
}

function texts(value: unknown): readonly string[] {
  return asList(value).flatMap((item) => asText(item) ?? []);
}

function readSeries(data: unknown): readonly PromSeries[] {
  const json = asRecord(data);
  if (json?.resultType === 'scalar') return [{ labels: {}, points: [readPoint(json.result)] }];
  return asList(json?.result).map((item) => {
    const { metric, value, values, histogram, histograms } = asRecord(item) ?? {};
    // Of a native histogram only its count is of interest here: that there is something.
    const all = [
      ...asList(values ?? (value && [value])),
      ...asList(histograms ?? (histogram && [histogram])),
    ];
    return { labels: labelsOf(metric), points: all.map(readPoint) };
  });
}

function readPoint(value: unknown): readonly [number, number] {
  const [time, text] = Array.isArray(value) ? value : [];
  return [Number(time) * 1000, readValue(asRecord(text)?.count ?? text)];
}

/** Prometheus writes `+Inf`, which JavaScript reads as no number. */
function readValue(value: unknown): number {
  const text = String(value);
  return /^[+-]?Inf$/.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number.parseFloat(text);
}

function labelsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asRecord(value) ?? {}).map(([name, text]) => [name, String(text)]),
  );
}

function readTarget(value: unknown): ScrapeTarget {
  const json = asRecord(value) ?? {};
  const labels = labelsOf(json.labels);
  const interval = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(asText(json.scrapeInterval) ?? '');
  const [, h = 0, m = 0, s = 0] = interval ?? [];
  return {
    job: labels.job ?? asText(json.scrapePool) ?? '',
    instance: labels.instance ?? '',
    url: asText(json.scrapeUrl) ?? '',
    health: asText(json.health) ?? 'unknown',
    error: asText(json.lastError) ?? '',
    intervalSeconds: interval?.[0] ? Number(h) * 3600 + Number(m) * 60 + Number(s) : undefined,
  };
}
