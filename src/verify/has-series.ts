import type { PrometheusClient } from './prometheus-client.ts';

/** Whether an expression has any series at a time (milliseconds since 1970); counted there, not sent here. */
export async function hasSeries(client: PrometheusClient, expr: string, time: number): Promise<boolean> {
  const [count] = await client.instant(`count(${expr})`, time).catch(() => []);
  return (count?.points[0]?.[1] ?? 0) > 0;
}
