import { askProbe } from './ask-probe.ts';
import type { QueryData } from './data.ts';
import { explain } from './explain.ts';
import { judge } from './judge.ts';
import { limitTo } from './limit.ts';
import { isProbe, type Probe, type Unasked } from './probes.ts';
import { prometheusClient, type ScrapeTarget } from './prometheus-client.ts';
import type { QueryRow } from './result.ts';
import { sourceTrouble } from './source-trouble.ts';
import type { LiveDatasource, Stack } from './stack.ts';
import { Trouble } from './trouble.ts';

/** How answers are judged, and who is told. */
export interface AskOptions {
  /** Queries at once. */
  readonly atOnce: number;
  readonly expectNonzero: boolean;
  readonly progress: (text: string) => void;
  readonly now: () => number;
}

/** Asks all probes, a few at once, and gives a row for each, in their order. */
export async function askProbes(
  items: readonly (Probe | Unasked)[],
  stack: Stack,
  options: AskOptions,
): Promise<readonly QueryRow[]> {
  const targetsOf = oncePer(async ({ type, ask }: LiveDatasource) =>
    // Not every server that speaks Prometheus' language scrapes; then there is nothing to know.
    type === 'prometheus'
      ? prometheusClient(ask)
          .targets()
          .catch(() => [])
      : [],
  );
  // Besides the limit of requests, so that a query's time is its own and not that of the queue.
  const limit = limitTo(options.atOnce);
  let done = 0;
  const total = items.filter(isProbe).length;
  return Promise.all(
    items.map(async (item) => {
      if (!isProbe(item)) return unaskedRow(item);
      const row = await limit(() => askRow(item, stack, options, targetsOf));
      options.progress(`${++done} of ${total} queries`);
      return row;
    }),
  );
}

async function askRow(
  probe: Probe,
  stack: Stack,
  { expectNonzero, now }: AskOptions,
  targetsOf: (datasource: LiveDatasource) => Promise<readonly ScrapeTarget[]>,
): Promise<QueryRow> {
  const { datasource } = probe;
  const row = { ...baseRow(probe), expr: probe.expr, datasource: datasource.name };
  if (datasource.trouble !== undefined)
    return { ...row, verdict: 'error', explanation: `not asked: ${datasource.trouble}` };
  const started = performance.now();
  try {
    const data = await askProbe(probe, stack);
    const tookMs = performance.now() - started;
    const targets = await targetsOf(datasource);
    // Any other empty answer is explained at length.
    const isJudgedBySource = data.count > 0 || probe.emptyInHealth !== undefined;
    const trouble = isJudgedBySource ? await sourceTrouble(probe, targets) : undefined;
    const { verdict, explanation } = judge(probe, data, { expectNonzero, sourceTrouble: trouble });
    // Series that ended are looked for like those that never were.
    const isUnexplained = verdict === 'empty' || (verdict === 'stale' && trouble === undefined);
    const reason = isUnexplained ? withVariables(probe, await explain(probe, data, targets)) : undefined;
    const why = [explanation, reason].filter((text) => text !== undefined).join(': ') || undefined;
    return { ...row, ...figures(data, now()), tookMs, verdict, explanation: why };
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return {
      ...row,
      tookMs: performance.now() - started,
      verdict: 'error',
      explanation: withVariables(probe, error.message),
    };
  }
}

/** A variable without a value stays in the query as it is written, which no server understands. */
function withVariables({ unresolved }: Probe, explanation: string): string {
  if (unresolved.length === 0) return explanation;
  const names = unresolved.join(', ');
  return `${unresolved.length === 1 ? 'the variable' : 'the variables'} ${names} found no value; ${explanation}`;
}

function figures({ count, unit, newest, value, spread }: QueryData, now: number) {
  // A datasource without times writes 1970.
  const newestSampleAgeSeconds =
    newest === undefined || newest === 0 ? undefined : Math.round((now - newest) / 100) / 10;
  return { series: count, unit, newestSampleAgeSeconds, value, spread };
}

function unaskedRow(item: Unasked): QueryRow {
  return { ...baseRow(item), verdict: item.isError ? 'error' : 'not-asked', explanation: item.why };
}

function baseRow({ dashboard, panel, query, refId }: Probe | Unasked): QueryRow {
  return {
    dashboard: { title: dashboard.title, uid: dashboard.uid, file: dashboard.file },
    panel: panel.title || `panel ${panel.id ?? ''}`.trim(),
    query: refId,
    language: query.language,
    expr: query.expr,
    datasource: '',
    series: 0,
    unit: 'series',
    newestSampleAgeSeconds: undefined,
    value: undefined,
    spread: undefined,
    verdict: 'not-asked',
    explanation: undefined,
    tookMs: 0,
  };
}

function oncePer<Key extends object, Value>(
  make: (key: Key) => Promise<Value>,
): (key: Key) => Promise<Value> {
  const known = new Map<Key, Promise<Value>>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
