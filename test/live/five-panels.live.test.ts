import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../dice-roller/metrics.ts';
import { type DiceStack, startDiceStack } from './dice-stack.ts';
import { findProgram, getJson, root, waitUntil } from './lab.ts';
import { missingPrometheus, type Prometheus, prometheusConfig, type Series } from './prometheus.ts';
import type { ReceivedSpan } from './trace-sink.ts';

const dashboardFile = join(root, 'provisioning/dashboards/general/stage4-async-rolling.json');

const missing = missingPrometheus();
if (missing) console.warn(`Skipped: ${missing}`);

describe.skipIf(missing)(`The five panels against a real Prometheus${missing ? ` (${missing})` : ''}`, () => {
  let stack: DiceStack;
  let sink: DiceStack['sink'];
  let services: DiceStack['services'];
  let prometheus: DiceStack['prometheus'];

  beforeAll(async () => {
    stack = await startDiceStack();
    ({ sink, services, prometheus } = stack);
  });
  afterAll(() => stack?.stop());

  it('scrapes both jobs with the label that links metrics, logs and traces', async () => {
    const series = await waitUntil('both jobs', async () => {
      const up = await prometheus.query('up == 1');
      return up.length === 2 && up;
    });
    const names = series.map(({ labels }) => `${labels.job} ${labels.service_name}`).sort();
    expect(names).toEqual(['dice-roller-stage4 dice-roller', 'die-service-stage4 die-service']);
  });

  it.each(panelQueries())('shows data that is a number: $panel, $expr', async ({ expr }) => {
    const series = await untilData(prometheus, expr);
    expect(series.filter(({ value }) => Number.isNaN(value))).toEqual([]);
  });

  it.each(readmeQueries())("answers dice-roller's README: %s", async (expr) => {
    const series = await untilData(prometheus, expr);
    expect(series.filter(({ value }) => Number.isNaN(value))).toEqual([]);
  });

  it('stores an exemplar whose trace has been sent', async () => {
    const traceId = await waitUntil('an exemplar', async () => {
      const found = await exemplars(prometheus, 'async_roll_duration_seconds_bucket');
      const sent = new Set(sink.spans().map((span) => span.traceId));
      return found.find((id) => sent.has(id));
    });
    const spans = await waitUntil('the whole trace', async () => {
      const trace = sink.spans().filter((span) => span.traceId === traceId);
      return trace.some(({ service }) => service === 'die-service') && isComplete(trace) && trace;
    });
    expect(spans.some(({ name }) => name === 'async_roll_0')).toBe(true);
  });

  it('exports nothing that the catalogue does not list, and no label value outside its sets', async () => {
    await waitUntil('batches', async () => (await prometheus.query('async_rolls_total > 0')).length > 0);
    for (const [job, { unlistedPrefixes }] of Object.entries(catalogue.jobs)) {
      const matcher = encodeURIComponent(`{job="${job}"}`);
      const { data } = await getJson<{ data: Record<string, string>[] }>(
        `${prometheus.url}/api/v1/series?match[]=${matcher}`,
      );
      const ours = data.filter(({ __name__: name = '' }) => {
        const ofScrape = name === 'up' || name.startsWith('scrape_');
        return !ofScrape && !unlistedPrefixes.some((prefix) => name.startsWith(prefix));
      });
      expect(ours.length).toBeGreaterThan(10);
      expect(ours.flatMap((labels) => unlisted(labels, job))).toEqual([]);
    }
  });

  it('writes a text format that promtool accepts, but for the metrics of Node itself', async () => {
    for (const url of [services.rollerUrl, services.dieServiceUrl]) {
      const text = await (await fetch(`${url}/metrics`)).text();
      const result = spawnSync(promtool(), ['check', 'metrics'], { input: text, encoding: 'utf8' });
      const complaints = `${result.stdout}${result.stderr}`.split('\n').filter((line) => line !== '');
      expect(complaints.filter((line) => !/^(nodejs|process)_/.test(line))).toEqual([]);
    }
  });

  it('reads a configuration that promtool accepts', () => {
    const output = execFileSync(promtool(), ['check', 'config', prometheusConfig], { encoding: 'utf8' });
    expect(output).toContain('SUCCESS');
  });
});

function promtool(): string {
  return findProgram('promtool') ?? '';
}

/** The queries of the generated dashboard by panel. */
function panelQueries(): readonly { readonly panel: string; readonly expr: string }[] {
  const dashboard = JSON.parse(readFileSync(dashboardFile, 'utf8')) as {
    panels: { title: string; targets?: { expr: string }[] }[];
  };
  return dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ panel: title, expr })),
  );
}

/** The Prometheus queries that dice-roller's README tells the reader to try. */
function readmeQueries(): readonly string[] {
  const readme = readFileSync(join(root, 'dice-roller/README.md'), 'utf8');
  return [...readme.matchAll(/--data-urlencode 'query=(.+)'$/gm)].map(([, expr = '']) => expr);
}

async function untilData(prometheus: Prometheus, expr: string): Promise<readonly Series[]> {
  return waitUntil(expr, async () => {
    const found = await prometheus.query(expr);
    return found.some(({ value }) => value > 0) && found;
  });
}

async function exemplars(prometheus: Prometheus, expr: string): Promise<readonly string[]> {
  const start = Date.now() / 1000 - 600;
  const url = `${prometheus.url}/api/v1/query_exemplars?query=${expr}&start=${start}&end=${start + 1200}`;
  const answer = await getJson<{ data: { exemplars: { labels: { trace_id: string } }[] }[] }>(url);
  return answer.data.flatMap((series) => series.exemplars.map(({ labels }) => labels.trace_id));
}

/** Whether every span but the caller's has its parent in the trace: the server span ends, and is sent, last. */
function isComplete(trace: readonly ReceivedSpan[]): boolean {
  const ids = new Set(trace.map(({ spanId }) => spanId));
  return trace.filter(({ parentSpanId }) => !parentSpanId || !ids.has(parentSpanId)).length === 1;
}

/** What the catalogue does not say about a series, as sentences. */
function unlisted(labels: Readonly<Record<string, string>>, job: string): readonly string[] {
  const {
    __name__: name = '',
    job: _job,
    instance: _instance,
    service_name: _service,
    le: _le,
    ...own
  } = labels;
  const family = name.replace(/_(bucket|sum|count)$/, '');
  const metrics: Record<string, { jobs: readonly string[]; labels: Record<string, readonly string[]> }> =
    catalogue.metrics;
  const metric = metrics[name] ?? metrics[family];
  if (!metric?.jobs.includes(job)) return [`${name} of ${job} is not in the catalogue`];
  return Object.entries(own).flatMap(([label, value]) =>
    metric.labels[label]?.includes(value) ? [] : [`${name}{${label}="${value}"} is not in the catalogue`],
  );
}
