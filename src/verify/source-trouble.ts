import { hasSeries } from './has-series.ts';
import type { Probe } from './probes.ts';
import { prometheusClient, type ScrapeTarget } from './prometheus-client.ts';
import { selectorsOf } from './promql-selectors.ts';

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
    // Rules and remote writes make series of jobs that nobody scrapes: only when they ended is that the reason.
    const client = prometheusClient(datasource.ask);
    if (!(await hasSeries(client, selector.with(selector.matchers), window.to)))
      return `Prometheus scrapes no job "${job}"`;
  }
  return undefined;
}

/** `job "x" is down: connection refused` when all targets of a job are; undefined otherwise. */
export function downTargets(job: string | undefined, targets: readonly ScrapeTarget[]): string | undefined {
  const ofJob = targets.filter((target) => target.job === job);
  if (ofJob.length === 0 || ofJob.some(({ health }) => health !== 'down')) return undefined;
  const [{ url = '', error = '' } = {}] = ofJob;
  return `job "${job}" is down: ${error === '' ? `no scrape of ${url} succeeds` : error}`;
}
