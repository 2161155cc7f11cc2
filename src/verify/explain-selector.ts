import { nearest } from '../model/nearest.ts';
import { hasSeries } from './has-series.ts';
import type { PrometheusClient, ScrapeTarget, TimeWindow } from './prometheus-client.ts';
import type { AskableSelector, SelectorMatcher } from './promql-selectors.ts';
import { downTargets } from './source-trouble.ts';

/** How far back a series is looked for that is there no more, in milliseconds. */
const LOOK_BACK_MS = 6 * 3_600_000;

/**
 * Why a selector selects nothing at the end of the window; undefined when it does select something. The matchers are
 * dropped one at a time: the one without which there are series is the one that kills them.
 */
export async function explainSelector(
  selector: AskableSelector,
  client: PrometheusClient,
  window: TimeWindow,
  targets: readonly ScrapeTarget[],
): Promise<string | undefined> {
  const text = selector.with(selector.matchers);
  if (await hasSeries(client, text, window.to)) return undefined;
  const job = selector.valueOf('job');
  const down = downTargets(job, targets);
  if (down !== undefined) return `${down}, so ${selector.name ?? text} has no samples`;
  const killers = await killingMatchers(selector, client, window.to);
  if (killers.length > 0) return explainMatchers(selector, killers, client, window.to, targets);
  if (await hasSeries(client, selector.with([]), window.to))
    return `no series of ${selector.name ?? 'any metric'} has ${selector.matchers.map((matcher) => matcher.text).join(' and ')} together`;
  return explainMetric(selector, client, window, targets);
}

async function killingMatchers(
  selector: AskableSelector,
  client: PrometheusClient,
  time: number,
): Promise<readonly SelectorMatcher[]> {
  const without = (matcher: SelectorMatcher) => selector.matchers.filter((other) => other !== matcher);
  const isKiller = await Promise.all(
    selector.matchers.map((matcher) => {
      const kept = without(matcher);
      // `{}` alone is no selector.
      if (kept.length === 0 && selector.name === undefined) return false;
      return hasSeries(client, selector.with(kept), time);
    }),
  );
  return selector.matchers.filter((_, index) => isKiller[index]);
}

async function explainMatchers(
  selector: AskableSelector,
  killers: readonly SelectorMatcher[],
  client: PrometheusClient,
  time: number,
  targets: readonly ScrapeTarget[],
): Promise<string> {
  const [killer] = killers;
  if (!killer) return '';
  const { label, text, value } = killer;
  const metric = selector.name ?? 'the metric';
  const kept = selector.matchers.filter((matcher) => matcher !== killer);
  const series = await client.instant(`count by (${label}) (${selector.with(kept)})`, time);
  const values = series
    .map(({ labels }) => labels[label] ?? '')
    .filter((found) => found !== '')
    .sort();
  if (values.length === 0) {
    const samples = await client.instant(`topk(1, ${selector.with(kept)})`, time);
    const names = Object.keys(samples[0]?.labels ?? {}).filter((name) => name !== '__name__');
    return `${text} matches nothing: ${metric} has no label ${label}, it has ${names.join(', ')}`;
  }
  const unscraped =
    label === 'job' && targets.length > 0 && !targets.some(({ job }) => job === value)
      ? `; Prometheus scrapes no job "${value}"`
      : '';
  const near = nearest(value, values);
  const hint = near === undefined || values.length === 1 ? '' : `, nearest is "${near}"`;
  return `${text} matches nothing: ${label} of ${metric} is ${listed(values)}${hint}${unscraped}`;
}

async function explainMetric(
  selector: AskableSelector,
  client: PrometheusClient,
  window: TimeWindow,
  targets: readonly ScrapeTarget[],
): Promise<string> {
  const { name } = selector;
  const past = { from: Math.min(window.from, window.to - LOOK_BACK_MS), to: window.to };
  const text = selector.with(selector.matchers);
  const seen = await client.series(text, past);
  const downs = [...new Set(targets.map(({ job }) => job))].flatMap((job) => downTargets(job, targets) ?? []);
  const because = downs.length > 0 ? `; ${downs.join('; ')}` : '';
  const now = await namesNow(selector, client, window.to);
  if (seen.length > 0) {
    const near = name === undefined ? undefined : nearest(name, now);
    const hint = near === undefined ? '' : `; now there is ${near}`;
    return `${name ?? text} was there within the last 6 h, but has no samples any more${hint}${because}`;
  }
  if (name === undefined) return `no series matches ${text}${because}`;
  const job = selector.valueOf('job');
  const jobs = [...new Set(targets.map((target) => target.job))].sort();
  if (job !== undefined && jobs.length > 0 && !jobs.includes(job) && !(await exists(name, client, past)))
    return `Prometheus scrapes no job "${job}"; there is ${listed(jobs)}${because}`;
  if (await exists(name, client, past))
    return `${name} was there within the last 6 h, but no series of it has samples any more${because}`;
  const names = await client.labelValues('__name__', undefined, past).catch(() => []);
  const near = nearest(name, names);
  const hint = near === undefined ? '' : `, nearest is ${near}`;
  return `there is no metric ${name}${hint}${because}`;
}

/** Names of the metrics that the other matchers select at a time; none when there are no others to narrow it down. */
async function namesNow(
  { matchers }: AskableSelector,
  client: PrometheusClient,
  time: number,
): Promise<readonly string[]> {
  const jobs = matchers.filter(({ label, op }) => label === 'job' && op === '=');
  if (jobs.length === 0) return [];
  const selector = `{${jobs.map(({ text }) => text).join(',')}}`;
  const series = await client.instant(`count by (__name__) (${selector})`, time).catch(() => []);
  return series.map(({ labels }) => labels.__name__ ?? '');
}

async function exists(name: string, client: PrometheusClient, past: TimeWindow): Promise<boolean> {
  return (await client.series(`{__name__=${JSON.stringify(name)}}`, past)).length > 0;
}

/** At most eight values, quoted. */
function listed(values: readonly string[]): string {
  const shown = values.slice(0, 8).map((value) => `"${value}"`);
  return shown.join(', ') + (values.length > 8 ? ` and ${values.length - 8} more` : '');
}
