import { newestAge } from './has-series.ts';
import type { Probe } from './probes.ts';
import { type PrometheusClient, prometheusClient, type ScrapeTarget } from './prometheus-client.ts';
import { type AskableSelector, selectorsOf } from './promql-selectors.ts';

/**
 * Why no fresh samples can come, although there is data: the job that a query names is down, or scraped no more. A rate
 * goes on for a while after that, on samples that no longer change. Undefined when all is well.
 */
export async function sourceTrouble(
  { query, expr, datasource, window }: Probe,
  targets: readonly ScrapeTarget[],
): Promise<string | undefined> {
  if (query.language !== 'promql' || targets.length === 0) return undefined;
  for (const selector of selectorsOf(expr)) {
    const job = selector.valueOf('job');
    // Prometheus itself writes these about a target that is down.
    if (job === undefined || /^(?:up|scrape_\w+)$/.test(selector.name ?? '')) continue;
    const down = downTargets(job, targets);
    if (down !== undefined) return down;
    if (targets.some((target) => target.job === job)) continue;
    const ended = await endedJob(selector, job, prometheusClient(datasource.ask), window.to, targets);
    if (ended !== undefined) return ended;
  }
  return undefined;
}

/**
 * Series of a job that nobody scrapes are well when rules or remote writes make them, and then they go on. Those that
 * ended go on too, for the five minutes that Prometheus looks back: only the time of their samples tells.
 */
async function endedJob(
  selector: AskableSelector,
  job: string,
  client: PrometheusClient,
  time: number,
  targets: readonly ScrapeTarget[],
): Promise<string | undefined> {
  const age = await newestAge(client, selector.with(selector.matchers), time);
  const scrapes = targets.map(({ intervalSeconds = 15 }) => intervalSeconds);
  if (age === undefined || age <= 4 * Math.max(...scrapes)) return undefined;
  const others = selector.matchers.filter(({ label }) => label !== 'job');
  const canAsk = selector.name !== undefined || others.length > 0;
  const series = canAsk ? await client.instant(`count by (job) (${selector.with(others)})`, time) : [];
  const jobs = series.map(({ labels }) => labels.job ?? '').filter((other) => other !== job && other !== '');
  const now =
    jobs.length === 0
      ? ''
      : `, ${selector.name ?? 'it'} comes from job ${jobs.map((other) => `"${other}"`).join(', ')} now`;
  return `Prometheus scrapes no job "${job}"${now}`;
}

/** `job "x" is down: connection refused` when all targets of a job are; undefined otherwise. */
export function downTargets(job: string | undefined, targets: readonly ScrapeTarget[]): string | undefined {
  const ofJob = targets.filter((target) => target.job === job);
  if (ofJob.length === 0 || ofJob.some(({ health }) => health !== 'down')) return undefined;
  const [{ url = '', error = '' } = {}] = ofJob;
  return `job "${job}" is down: ${error === '' ? `no scrape of ${url} succeeds` : error}`;
}
