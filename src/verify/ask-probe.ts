import { dataOfItems, dataOfLoki, dataOfPrometheus, dataOfSeries, type QueryData } from './data.ts';
import { dataOfFrames } from './frames.ts';
import type { GrafanaClient } from './grafana-client.ts';
import { lokiClient } from './loki-client.ts';
import type { Probe } from './probes.ts';
import { prometheusClient } from './prometheus-client.ts';
import type { Stack } from './stack.ts';
import { tempoClient } from './tempo-client.ts';
import { Trouble } from './trouble.ts';

/** Runs a query as its panel does. @throws Trouble when there is no answer, or the answer is an error */
export async function askProbe(probe: Probe, { grafana }: Stack): Promise<QueryData> {
  // Searches for traces are the browser's work: no backend of Grafana answers them.
  if (probe.query.language === 'traceql') return askTempo(probe);
  if (grafana) return askGrafana(probe, grafana);
  switch (probe.query.language) {
    case 'promql':
      return askPrometheus(probe);
    case 'logql':
      return askLoki(probe);
    case 'unknown':
      throw new Trouble(
        'status',
        `a datasource of type ${probe.datasource.type} is only asked through Grafana`,
      );
    default:
      return probe.query.language satisfies never;
  }
}

async function askGrafana(probe: Probe, grafana: GrafanaClient): Promise<QueryData> {
  const { json, refId, datasource, interval, window } = probe;
  const query = {
    ...json,
    refId,
    datasource: { type: datasource.type, uid: datasource.uid },
    intervalMs: interval.intervalMs,
    maxDataPoints: interval.maxDataPoints,
    // Exemplars come as one more frame, which is no data of the query.
    exemplar: false,
  };
  const body = { from: String(window.from), to: String(window.to), queries: [query] };
  const results = await grafana.query(body, datasource.uid);
  const result = results[refId];
  if (!result) throw new Trouble('not-json', `${grafana.name} gave no result for query ${refId}`);
  if (result.error !== undefined) throw new Trouble('status', `the datasource answers: ${result.error}`);
  return dataOfFrames(result.frames);
}

async function askPrometheus({ datasource, expr, query, window, stepMs }: Probe): Promise<QueryData> {
  const client = prometheusClient(datasource.ask);
  if (query.instant) return dataOfPrometheus(await client.instant(expr, window.to));
  // Start and end on multiples of the step, as Grafana asks, so that one graph's points stay where they are.
  const aligned = (time: number) => Math.floor(time / stepMs) * stepMs;
  const range = { from: aligned(window.from), to: aligned(window.to), stepMs };
  return dataOfPrometheus(await client.range(expr, range));
}

/** Lines that Grafana asks for when a panel does not say. */
const LINES = 1000;

async function askLoki({ datasource, expr, json, window, stepMs }: Probe): Promise<QueryData> {
  const client = lokiClient(datasource.ask);
  if (json.queryType === 'instant') return dataOfLoki(await client.instant(expr, window.to));
  const lines = Number(json.maxLines) > 0 ? Number(json.maxLines) : LINES;
  return dataOfLoki(await client.range(expr, { ...window, stepMs, lines }));
}

async function askTempo({ datasource, expr, json, window, stepMs }: Probe): Promise<QueryData> {
  const client = tempoClient(datasource.ask);
  if (/^[\da-f]{16,32}$/i.test(expr.trim())) {
    const spans = await client.trace(expr.trim());
    return dataOfItems('traces', spans.length > 0 ? 1 : 0, undefined);
  }
  if (isTraceMetrics(expr)) return dataOfSeries(await client.metrics(expr, { ...window, stepMs }));
  const limit = Number(json.limit) > 0 ? Number(json.limit) : 20;
  const { count, newest } = await client.search(expr, { ...window, limit });
  return dataOfItems('traces', count, newest);
}

/** `{ … } | rate()` and its like give series instead of traces. */
function isTraceMetrics(expr: string): boolean {
  return /\|\s*(?:rate|count_over_time|(?:quantile|min|max|avg|sum)_over_time|histogram_over_time|compare)\s*\(/.test(
    expr,
  );
}
