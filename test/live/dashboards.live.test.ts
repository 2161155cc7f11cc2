import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PrometheusQuery, prometheusQueries } from '../stack/generated-dashboards.ts';
import { type DiceStack, startDiceStack } from './dice-stack.ts';
import { getJson, waitUntil } from './lab.ts';
import { missingPrometheus, type Prometheus } from './prometheus.ts';

const missing = missingPrometheus();
if (missing) console.warn(`Skipped: ${missing}`);

const queries = prometheusQueries();
const healthy = queries.filter(({ emptyInHealth }) => emptyInHealth === undefined);
const empty = queries.filter(({ emptyInHealth }) => emptyInHealth !== undefined);

describe.skipIf(missing)(
  `The generated dashboards against a real Prometheus${missing ? ` (${missing})` : ''}`,
  () => {
    let stack: DiceStack;
    let services: DiceStack['services'];
    let prometheus: DiceStack['prometheus'];

    beforeAll(async () => {
      stack = await startDiceStack();
      ({ services, prometheus } = stack);
    });
    afterAll(() => stack?.stop());

    it.each(healthy)('shows numbers: $dashboard, $panel, $refId', async (query) => {
      const expr = interpolate(query);
      const series = await waitUntil(expr, async () => {
        const found = await prometheus.query(expr);
        const isThere = found.some(({ value }) => value !== 0 || mayBeZero.has(query.panel));
        return isThere && found.every(({ value }) => !Number.isNaN(value)) && found;
      });
      expect(series.length).toBeGreaterThan(0);
    });

    it.each(healthy.filter(({ exemplar }) => exemplar))('shows exemplars: $panel, $refId', async (query) => {
      const traceId = await waitUntil(`an exemplar of ${query.expr}`, async () =>
        traceOf(prometheus, interpolate(query)),
      );
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    });

    it('offers the dice that dice-roller knows to the variable', async () => {
      const series = await prometheus.query(
        'group by (die_type) (dice_rolls_total{job="dice-roller-stage4"})',
      );
      expect(series.map(({ labels }) => labels.die_type)).toEqual(expect.arrayContaining(['fair', 'risky']));
    });

    it.each(empty)('is empty while all is well: $dashboard, $panel', async (query) => {
      expect(await prometheus.query(interpolate(query))).toEqual([]);
    });

    it.each(empty)('shows data once die-service is gone: $dashboard, $panel', async (query) => {
      await services.dieService.stop();
      const expr = interpolate(query);
      const series = await waitUntil(expr, async () => {
        const found = await prometheus.query(expr);
        return found.length > 0 && found;
      });
      expect(series.every(({ value }) => value > 0)).toBe(true);
    });
  },
);

/** What the page would send with all dice chosen and a window of a minute. */
function interpolate({ expr }: PrometheusQuery): string {
  return expr
    .replaceAll('$die_type', '.*')
    .replaceAll('$window', '1m')
    .replaceAll('$__rate_interval', '1m')
    .replaceAll('$__range', '15m');
}

/** The trace that one of the query's exemplars leads to, by the label that the datasource is told to look for. */
async function traceOf({ url }: Prometheus, expr: string): Promise<string | undefined> {
  const end = Date.now() / 1000;
  const range = `start=${end - 600}&end=${end + 60}`;
  const answer = await getJson<{ data: { exemplars: { labels: Record<string, string> }[] }[] }>(
    `${url}/api/v1/query_exemplars?query=${encodeURIComponent(expr)}&${range}`,
  );
  return answer.data.flatMap(({ exemplars }) => exemplars).find(({ labels }) => labels.trace_id)?.labels
    .trace_id;
}

/** Panels whose every line may be zero at the moment of the question. */
const mayBeZero = new Set(['Rolls in progress', 'Failed requests']);
