import { asList, asRecord, asText } from '../load/record.ts';
import type { Ask } from './http.ts';
import type { TimeWindow } from './prometheus-client.ts';
import { Trouble } from './trouble.ts';

/** A span of a trace. */
export interface TraceSpan {
  readonly service: string;
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId: string;
}

/** What is asked of Tempo's HTTP API, directly or behind Grafana. Times are milliseconds since 1970. */
export interface TempoClient {
  /** How many traces a TraceQL search finds (at most `limit`), and the start of the newest. */
  search(
    query: string,
    window: TimeWindow & { limit: number },
  ): Promise<{ readonly count: number; readonly newest: number | undefined }>;
  /** The values of each series of a TraceQL metrics query, and the newest point. */
  metrics(
    query: string,
    window: TimeWindow & { stepMs: number },
  ): Promise<readonly { readonly points: readonly (readonly [number, number])[] }[]>;
  /** Empty when there is no such trace. */
  trace(id: string): Promise<readonly TraceSpan[]>;
  services(window: TimeWindow): Promise<readonly string[]>;
}

/** Asks one Tempo. */
export function tempoClient(ask: Ask): TempoClient {
  return {
    async search(query, { from, to, limit }) {
      const answer = await ask({
        path: '/api/search',
        query: { q: query, limit: String(limit), ...startEnd({ from, to }) },
      });
      const traces = asList(asRecord(answer)?.traces).map((trace) => asRecord(trace) ?? {});
      const starts = traces
        .map(({ startTimeUnixNano }) => Number(startTimeUnixNano) / 1e6)
        .filter(Number.isFinite);
      return { count: traces.length, newest: starts.length === 0 ? undefined : Math.max(...starts) };
    },
    async metrics(query, { from, to, stepMs }) {
      const step = `${Math.max(1, Math.round(stepMs / 1000))}s`;
      const answer = await ask({
        path: '/api/metrics/query_range',
        query: { q: query, step, ...startEnd({ from, to }) },
      });
      return asList(asRecord(answer)?.series).map((series) => ({
        points: asList(asRecord(series)?.samples).map((sample): readonly [number, number] => {
          const { timestampMs, value } = asRecord(sample) ?? {};
          // A zero is left out of the JSON of its protocol buffers.
          return [Number(timestampMs), Number(value ?? 0)];
        }),
      }));
    },
    async trace(id) {
      // The second version answers 200 for an unknown trace, the first one 404: both are "none".
      const answer = await ask({ path: `/api/v2/traces/${id}` }).catch((error: unknown) => {
        if (error instanceof Trouble && error.status === 404) return {};
        throw error;
      });
      return spansIn(asRecord(answer)?.trace);
    },
    async services(window) {
      const path = '/api/v2/search/tag/resource.service.name/values';
      const values = asList(asRecord(await ask({ path, query: startEnd(window) }))?.tagValues);
      return values.flatMap((value) => asText(asRecord(value)?.value) ?? []);
    },
  };
}

function startEnd({ from, to }: TimeWindow) {
  return { start: String(Math.floor(from / 1000)), end: String(Math.ceil(to / 1000)) };
}

function spansIn(trace: unknown): readonly TraceSpan[] {
  return asList(asRecord(trace)?.resourceSpans).flatMap((item) => {
    const attributes = asList(asRecord(asRecord(item)?.resource)?.attributes).map(
      (one) => asRecord(one) ?? {},
    );
    const service = attributes.find(({ key }) => key === 'service.name');
    return asList(asRecord(item)?.scopeSpans).flatMap((scope) =>
      asList(asRecord(scope)?.spans).map((span) => {
        const { name, spanId, parentSpanId } = asRecord(span) ?? {};
        return {
          service: asText(asRecord(service?.value)?.stringValue) ?? '',
          name: asText(name) ?? '',
          spanId: asText(spanId) ?? '',
          parentSpanId: asText(parentSpanId) ?? '',
        };
      }),
    );
  });
}
