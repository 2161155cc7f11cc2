import { printDuration } from '../query/promql-literals.ts';
import { nodesIn, type PromqlNode } from '../query/promql-node.ts';
import { readPromql } from '../query/read-promql.ts';
import { skewText } from './clocks.ts';
import type { QueryData } from './data.ts';
import { explainSelector } from './explain-selector.ts';
import { hasSeries, newestAge } from './has-series.ts';
import type { Probe } from './probes.ts';
import { type PrometheusClient, prometheusClient, type ScrapeTarget } from './prometheus-client.ts';
import { type AskableSelector, selectorsOf } from './promql-selectors.ts';
import { sourceTrouble } from './source-trouble.ts';

/** Milliseconds between clocks from which on it is asked whether they are the reason. */
const SKEW_MS = 5000;

/** Says in one sentence why a PromQL query returned nothing. Asks Prometheus, about ten small questions at most. */
export async function explainPromql(
  probe: Probe,
  data: QueryData,
  targets: readonly ScrapeTarget[],
): Promise<string> {
  const { expr, window, datasource } = probe;
  const client = prometheusClient(datasource.ask);
  const { aheadMs = 0 } = datasource;
  // First of all: at the server's own time, is everything there?
  if (Math.abs(aheadMs) > SKEW_MS && (await hasSeries(client, expr, window.to - aheadMs)))
    return `${skewText(datasource.name, aheadMs)}: at its own time the query has data`;
  if (data.onlyNaN > 0) return explainNaN(probe, client, data);
  const source = await sourceTrouble(probe, targets);
  if (source !== undefined) return source;
  const selectors = selectorsOf(expr);
  for (const selector of selectors) {
    const why =
      (await explainSelector(selector, client, window, targets)) ??
      (await explainWindow(selector, client, window.to, targets));
    if (why !== undefined) return why;
  }
  const tree = readPromql(expr);
  return (
    (tree && (await explainOperator(tree, expr, client, window.to))) ??
    (selectors.length === 0
      ? 'it selects no series'
      : 'every selector has series now, but the query as a whole returns none in its window')
  );
}

async function explainNaN(
  { expr, window }: Probe,
  client: PrometheusClient,
  { onlyNaN }: QueryData,
): Promise<string> {
  const all = onlyNaN === 1 ? 'its only value is NaN' : `all its ${onlyNaN} series are NaN`;
  const tree = readPromql(expr);
  const division = tree && findNode(tree, (node) => node.kind === 'binary' && node.op === '/');
  if (division?.kind === 'binary') {
    const below = expr.slice(division.right.span.start, division.right.span.end);
    const divisors = await client.instant(below, window.to).catch(() => []);
    const isZero = divisors.length > 0 && divisors.every(({ points }) => points.at(-1)?.[1] === 0);
    if (isZero) return `${all}: it divides by zero, \`${below}\` is 0 (nothing happened in its window)`;
  }
  const isQuantile =
    tree && findNode(tree, (node) => node.kind === 'call' && node.name === 'histogram_quantile');
  return isQuantile ? `${all}: the histogram observed nothing in its window` : all;
}

/** The functions that need two samples in their window. */
const NEED_TWO = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'predict_linear']);

async function explainWindow(
  selector: AskableSelector,
  client: PrometheusClient,
  time: number,
  targets: readonly ScrapeTarget[],
): Promise<string | undefined> {
  const { window, windowFunction = '', name } = selector;
  if (window === undefined) return undefined;
  const text = selector.with(selector.matchers);
  const written = printDuration(window);
  const counts = await client.instant(`max(count_over_time(${text}[${written}]))`, time);
  const most = counts[0]?.points[0]?.[1] ?? 0;
  if (most >= (NEED_TWO.has(windowFunction) ? 2 : 1)) return undefined;
  const age = most === 0 ? await newestAge(client, text, time) : undefined;
  if (age !== undefined && age > window)
    return `${name ?? text} has no samples in the window [${written}]: the newest is ${Math.round(age)} s old`;
  const scrape = targets.find(({ job }) => job === selector.valueOf('job'))?.intervalSeconds;
  const interval = scrape === undefined ? '' : `, and it is scraped every ${printDuration(scrape)}`;
  const advice = scrape === undefined ? 'four scrape intervals' : printDuration(4 * scrape);
  return `the window [${written}] is too short: it holds ${most === 1 ? '1 sample' : `${most} samples`} of ${name ?? text}${interval}; use [${advice}] or [$__rate_interval]`;
}

/** Both sides of an operator have series: a comparison lets none pass, or their labels do not match. */
async function explainOperator(
  tree: PromqlNode,
  expr: string,
  client: PrometheusClient,
  time: number,
): Promise<string | undefined> {
  const node = findNode(tree, ({ kind }) => kind === 'binary');
  if (node?.kind !== 'binary') return undefined;
  const slice = (side: PromqlNode) => expr.slice(side.span.start, side.span.end);
  const [left, right] = await Promise.all(
    [node.left, node.right].map((side) => client.instant(slice(side), time).catch(() => [])),
  );
  if (!left || !right || left.length === 0 || right.length === 0) {
    const empty = left?.length === 0 ? node.left : node.right;
    return `one side of \`${node.op}\` has no series: \`${slice(empty)}\``;
  }
  const isComparison = ['==', '!=', '>', '<', '>=', '<='].includes(node.op) && !node.isBool;
  if (isComparison && (node.right.kind === 'number' || node.left.kind === 'number')) {
    const values = (node.right.kind === 'number' ? left : right).map(({ points }) => points.at(-1)?.[1] ?? 0);
    return `the comparison \`${node.op} ${slice(node.right)}\` lets nothing pass: values are from ${Math.min(...values)} to ${Math.max(...values)}`;
  }
  const labels = (side: typeof left) =>
    [...new Set(side.flatMap((series) => Object.keys(series.labels)))]
      .filter((name) => name !== '__name__')
      .join(', ');
  return `no labels match across \`${node.op}\`: left has {${labels(left)}}, right has {${labels(right)}}`;
}

function findNode(node: PromqlNode, is: (node: PromqlNode) => boolean): PromqlNode | undefined {
  return nodesIn(node).find(is);
}
