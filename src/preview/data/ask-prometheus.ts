import { list, object, text } from '../field/json.ts';
import type { Answer, Ask, Question, RawSeries } from './question.ts';

/** No answer has more series than this: the rest would not be drawn. */
const MOST_SERIES = 2000;
/** Milliseconds that one query may take. */
const TIMEOUT = 30_000;

/**
 * Answers PromQL queries from a Prometheus server, others not at all.
 *
 * @param url the server's address, such as `http://localhost:9090`
 */
export function askPrometheus(url: string): Ask {
  const base = url.replace(/\/+$/, '');
  return async (question) => {
    if (question.query.language !== 'promql' && question.query.language !== 'unknown')
      return { kind: 'unknown', note: 'Only Prometheus is asked' };
    if (question.expr.trim() === '') return { kind: 'unknown', note: 'Empty query' };
    try {
      return await answerFrom(base, question);
    } catch (error) {
      return { kind: 'error', message: `Prometheus at ${base} does not answer: ${reason(error)}` };
    }
  };
}

async function answerFrom(base: string, { query, expr, range, step }: Question): Promise<Answer> {
  const [from, to] = [range.from / 1000, range.to / 1000];
  // As Grafana does, so that the same query asks for the same moments a second later.
  const [start, end] = [
    Math.ceil((from * 1000) / step) * (step / 1000),
    Math.floor((to * 1000) / step) * (step / 1000),
  ];
  const parameters = new URLSearchParams(
    query.instant
      ? { query: expr, time: String(to) }
      : { query: expr, start: String(start), end: String(Math.max(start, end)), step: String(step / 1000) },
  );
  const response = await fetch(`${base}/api/v1/${query.instant ? 'query' : 'query_range'}`, {
    method: 'POST',
    body: parameters,
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const body = object(await response.json().catch(() => undefined));
  if (body.status !== 'success')
    return { kind: 'error', message: text(body.error) ?? `status ${response.status} and no JSON` };
  const { resultType, result } = object(body.data);
  if (resultType === 'scalar') return { kind: 'series', series: [seriesOf({ value: result })] };
  const all = list(result);
  const series = all.slice(0, MOST_SERIES).map(seriesOf);
  return {
    kind: 'series',
    series,
    ...(all.length > MOST_SERIES ? { note: `${MOST_SERIES} of ${all.length} series are shown` } : {}),
  };
}

function seriesOf(item: unknown): RawSeries {
  const { metric, values, value } = object(item);
  const samples = values === undefined ? [value] : list(values);
  const labels = Object.entries(object(metric)).map(([name, each]) => [name, String(each)]);
  return {
    labels: Object.fromEntries(labels),
    times: samples.map((sample) => Number(list(sample)[0]) * 1000),
    values: samples.map((sample) => sampleValue(list(sample)[1])),
  };
}

/** Prometheus writes `+Inf`, JavaScript reads `Infinity`. */
function sampleValue(written: unknown): number {
  return Number(String(written).replace('Inf', 'Infinity'));
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer in ${TIMEOUT / 1000} seconds`;
  const cause = error.cause as { code?: string } | undefined;
  return cause?.code ?? error.message;
}
