import type { PrometheusClient, PromSeries } from './prometheus-client.ts';
import { Trouble } from './trouble.ts';

/** Whether an expression has any series at a time (milliseconds since 1970); counted there, not sent here. */
export async function hasSeries(client: PrometheusClient, expr: string, time: number): Promise<boolean> {
  const [count] = await client.instant(`count(${expr})`, time).catch(unlessRefused);
  return (count?.points[0]?.[1] ?? 0) > 0;
}

/**
 * Seconds between the newest sample of a selector and a time; undefined when there is none within Prometheus' look-back.
 * The times of a query's points do not tell: Prometheus repeats a sample for five minutes.
 */
export async function newestAge(
  client: PrometheusClient,
  selector: string,
  time: number,
): Promise<number | undefined> {
  const [newest] = await client.instant(`max(timestamp(${selector}))`, time).catch(unlessRefused);
  const seconds = newest?.points[0]?.[1];
  return seconds === undefined ? undefined : time / 1000 - seconds;
}

/** A query that cannot be counted has no count; a server that does not answer is not the same as one that has nothing. */
function unlessRefused(error: unknown): readonly PromSeries[] {
  if (error instanceof Trouble && (error.status === 400 || error.status === 422)) return [];
  throw error;
}
