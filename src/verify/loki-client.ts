import { asList, asRecord, asText } from '../load/record.ts';
import type { Ask } from './http.ts';
import type { PromSeries, TimeWindow } from './prometheus-client.ts';

/** What a LogQL query returned: lines of logs, or series computed from them. */
export type LokiAnswer =
  | {
      readonly kind: 'lines';
      readonly count: number;
      readonly streams: number;
      readonly newest: number | undefined;
    }
  | { readonly kind: 'series'; readonly series: readonly PromSeries[] };

/** What is asked of Loki's HTTP API, directly or behind Grafana. Times are milliseconds since 1970. */
export interface LokiClient {
  range(expr: string, window: TimeWindow & { stepMs: number; lines: number }): Promise<LokiAnswer>;
  instant(expr: string, time: number): Promise<LokiAnswer>;
  labelNames(window: TimeWindow): Promise<readonly string[]>;
  labelValues(label: string, window: TimeWindow): Promise<readonly string[]>;
  /** How many streams a selector selects. */
  streams(selector: string, window: TimeWindow): Promise<number>;
}

/** Asks one Loki. */
export function lokiClient(ask: Ask): LokiClient {
  const get = async (path: string, query: Record<string, string>) =>
    asRecord(await ask({ path: `/loki/api/v1/${path}`, query }))?.data;
  return {
    async range(expr, { from, to, stepMs, lines }) {
      const step = String(Math.max(1, stepMs / 1000));
      const query = {
        query: expr,
        ...startEnd({ from, to }),
        step,
        limit: String(lines),
        direction: 'backward',
      };
      return readAnswer(await get('query_range', query));
    },
    async instant(expr, time) {
      return readAnswer(await get('query', { query: expr, time: nanoseconds(time) }));
    },
    labelNames: async (window) => texts(await get('labels', startEnd(window))),
    labelValues: async (label, window) =>
      texts(await get(`label/${encodeURIComponent(label)}/values`, startEnd(window))),
    streams: async (selector, window) =>
      asList(await get('series', { ...startEnd(window), 'match[]': selector })).length,
  };
}

function startEnd({ from, to }: TimeWindow) {
  return { start: nanoseconds(from), end: nanoseconds(to) };
}

function nanoseconds(milliseconds: number): string {
  return `${Math.round(milliseconds)}000000`;
}

function texts(value: unknown): readonly string[] {
  return asList(value).flatMap((item) => asText(item) ?? []);
}

function readAnswer(data: unknown): LokiAnswer {
  const json = asRecord(data);
  const result = asList(json?.result).map((item) => asRecord(item) ?? {});
  if (json?.resultType === 'streams') {
    const times = result.flatMap(({ values }) =>
      asList(values).map((entry) => Number(asList(entry)[0]) / 1e6),
    );
    return {
      kind: 'lines',
      count: times.length,
      streams: result.length,
      newest: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
    };
  }
  const series = result.map(({ metric, value, values }) => ({
    labels: Object.fromEntries(
      Object.entries(asRecord(metric) ?? {}).map(([name, text]) => [name, String(text)]),
    ),
    points: asList(values ?? (value && [value])).map((point): readonly [number, number] => {
      const [time, text] = asList(point);
      return [Number(time) * 1000, Number(text)];
    }),
  }));
  return { kind: 'series', series };
}
