import type { Ask } from './http.ts';
import { prometheusClient } from './prometheus-client.ts';
import type { Check } from './result.ts';
import type { LiveDatasource } from './stack.ts';

/** Clocks further apart than this hide the newest samples or show samples of the future. */
const CLOCK_TOLERANCE_MS = 30_000;

/** How far this machine's clock is ahead of a Prometheus', in milliseconds. */
export async function clockAhead(ask: Ask, now: () => number): Promise<number | undefined> {
  const before = now();
  const [series] = await prometheusClient(ask).instant('time()', undefined);
  const theirs = series?.points[0]?.[0];
  return theirs === undefined || Number.isNaN(theirs) ? undefined : (before + now()) / 2 - theirs;
}

/** The clocks that are too far apart, as checks that failed. */
export function clockChecks(datasources: readonly LiveDatasource[]): readonly Check[] {
  return datasources.flatMap(({ name, aheadMs }): Check[] => {
    if (aheadMs === undefined || Math.abs(aheadMs) < CLOCK_TOLERANCE_MS) return [];
    return [
      {
        area: 'server',
        name: `Clock of ${name}`,
        verdict: 'failed',
        message: `${skewText(name, aheadMs)}, so panels ask for times that it has no samples of`,
        repair: 'set both clocks by NTP',
      },
    ];
  });
}

/** "this machine's clock is 600 s ahead of Prometheus'". */
export function skewText(name: string, aheadMs: number): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return `this machine's clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} that of ${name}`;
}
