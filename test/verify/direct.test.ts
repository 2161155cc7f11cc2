import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Where } from '../../src/verify/connect.ts';
import { readAddress } from '../../src/verify/secrets.ts';
import { type VerifyOptions, verify } from '../../src/verify/verify.ts';
import type { FakeServer } from './fake-server.ts';
import { startFakeLoki, startFakePrometheus, startFakeTempo, vector } from './fake-stack.ts';
import { dashboardOf, PROMETHEUS, writeTree } from './write-tree.ts';

const LOKI = { name: 'Loki', uid: 'loki', type: 'loki' };
const TEMPO = { name: 'Tempo', uid: 'tempo', type: 'tempo' };
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function kept<Server extends FakeServer>(server: Server): Server {
  cleanups.push(server.stop);
  return server;
}

async function rowsOf(
  dashboard: object,
  servers: Readonly<Record<string, FakeServer>>,
  options: Partial<VerifyOptions> = {},
) {
  const root = writeTree({ datasources: [PROMETHEUS, LOKI, TEMPO], dashboards: { 'lab.json': dashboard } });
  cleanups.push(() => rmSync(root, { recursive: true }));
  const addresses = Object.entries(servers).map(([type, { url }]) => [type, readAddress(type, url)]);
  const where: Where = { kind: 'direct', addresses: Object.fromEntries(addresses) };
  return (await verify({ root, where, ...options })).rows;
}

describe('verify of Loki', () => {
  const streams = [
    { labels: { service_name: 'dice-roller', level: 'info' }, lines: [{ text: '{"message":"rolled"}' }] },
    { labels: { service_name: 'die-service', level: 'error' }, lines: [{ text: '{"message":"no die"}' }] },
  ];
  const ask = async (expr: string) => {
    const loki = kept(await startFakeLoki(streams));
    return (await rowsOf(dashboardOf({ Logs: expr }, { type: 'loki', uid: 'loki' }), { loki }))[0];
  };

  it('counts lines', async () => {
    expect(await ask('{service_name="dice-roller"}')).toMatchObject({
      verdict: 'ok',
      series: 1,
      unit: 'lines',
    });
  });

  it.each([
    ['{service_name="dice-rollr"}', 'service_name="dice-rollr" matches no stream, nearest is "dice-roller"'],
    [
      '{service_name="dice-roller", level="warn"}',
      'level="warn" matches no stream, there is "info", "error"',
    ],
    [
      '{service="dice-roller"}',
      'service="dice-roller" matches no stream: there is no label service, there is "service_name", "level"',
    ],
    [
      '{service_name="dice-roller"} | json |= "no die"',
      '`|= "no die"` lets no line pass; there are lines before it',
    ],
  ])('explains why %s finds nothing', async (expr, expected) => {
    const row = await ask(expr);
    expect(row?.verdict).toBe('empty');
    expect(row?.explanation).toBe(expected);
  });
});

describe('verify of Tempo', () => {
  it('counts traces, and names the services there are when none matches', async () => {
    const tempo = kept(await startFakeTempo(() => [], 3));
    const panels = { Traces: '{ name = "GET /roll" }', None: '{ name = "nobody" }' };
    const rows = await rowsOf(dashboardOf(panels, { type: 'tempo', uid: 'tempo' }), { tempo });
    expect(rows[0]).toMatchObject({ verdict: 'ok', series: 3, unit: 'traces' });
    expect(rows[1]?.explanation).toBe('there are traces in this window, of dice-roller, but none matches');
  });
});

describe('verify without Grafana', () => {
  it('says which datasource has no address, and does not fail for it', async () => {
    const prometheus = kept(await startFakePrometheus(() => vector([{ job: 'a' }, 1])));
    const rows = await rowsOf(dashboardOf({ Logs: '{a="b"}' }, { type: 'loki', uid: 'loki' }), {
      prometheus,
    });
    expect(rows[0]).toMatchObject({
      verdict: 'not-asked',
      explanation: 'datasource "loki" has no address: give --loki URL',
    });
  });

  it("resolves variables to their current or first value, in order, and Grafana's own by the panel's size", async () => {
    const prometheus = kept(
      await startFakePrometheus((path, parameters) => {
        if (path === 'label/job/values') return ['die-service', 'dice-roller'];
        if (path === 'label/die/values')
          return parameters.get('match[]') === 'rolls{job="dice-roller"}' ? ['fair', 'ri.sky'] : [];
        if (path === 'targets') return { activeTargets: [] };
        return path === 'query_range' ? { resultType: 'matrix', result: [] } : vector();
      }),
    );
    const variable = (name: string, more: object) => ({
      name,
      type: 'query',
      datasource: { uid: '${source}' },
      ...more,
    });
    const dashboard = {
      ...dashboardOf(
        { Rate: 'sum(rate(rolls{job="$job",die=~"$die",size="${size}"}[$__rate_interval])) + $__range_s' },
        { type: 'prometheus', uid: '${source}' },
      ),
      time: { from: 'now-6h', to: 'now' },
      templating: {
        list: [
          { name: 'source', type: 'datasource', query: 'prometheus' },
          variable('job', { query: 'label_values(job)', sort: 1 }),
          variable('die', {
            query: { query: 'label_values(rolls{job="$job"}, die)' },
            includeAll: true,
            multi: true,
          }),
          { name: 'size', type: 'custom', query: 'small, big', current: { value: 'big' } },
        ],
      },
    };
    const [row] = await rowsOf(dashboard, { prometheus });
    expect(row?.expr).toBe(
      'sum(rate(rolls{job="dice-roller",die=~"(fair|ri\\\\.sky)",size="big"}[1m])) + 21600',
    );
    expect(prometheus.asked).toContain(`query_range ${row?.expr}`);
  });

  it('calls series stale that ended before the window did, and says what became of them', async () => {
    const ended = Date.now() / 1000 - 300;
    const prometheus = kept(
      await startFakePrometheus((path) => {
        if (path === 'label/__name__/values') return ['roll_total'];
        if (path === 'query_range')
          return { resultType: 'matrix', result: [{ metric: {}, values: [[ended, '1']] }] };
        return path === 'query' ? vector() : [];
      }),
    );
    const [row] = await rowsOf(dashboardOf({ Rolls: 'rolls_total' }), { prometheus }, { sinceMs: 900_000 });
    expect(row).toMatchObject({ verdict: 'stale', series: 1 });
    expect(row?.explanation).toMatch(
      /^its newest sample is \d+ s older than the end of the window: there is no metric rolls_total, nearest is roll_total$/,
    );
  });

  it.each([
    ['go on, as those of rules do', 10, 'ok'],
    ['ended', 200, 'stale'],
  ])('lets series of a job that nobody scrapes be when they %s', async (_, age, verdict) => {
    const targets = [
      { labels: { job: 'scraped' }, health: 'up', scrapeInterval: '15s', scrapeUrl: 'http://a' },
    ];
    const prometheus = kept(
      await startFakePrometheus((path, parameters) => {
        if (path === 'targets') return { activeTargets: targets };
        const now = Date.now() / 1000;
        if (path === 'query_range')
          return { resultType: 'matrix', result: [{ metric: {}, values: [[now, '1']] }] };
        return parameters.get('query')?.startsWith('max(timestamp(')
          ? vector([{}, now - age])
          : vector([{}, 1]);
      }),
    );
    const [row] = await rowsOf(dashboardOf({ Rule: 'a:b{job="ruled"}' }), { prometheus });
    expect(row?.verdict).toBe(verdict);
  });

  it('names a variable that found no value, for its query then asks for something else', async () => {
    const prometheus = kept(await startFakePrometheus(() => ({ resultType: 'matrix', result: [] })));
    const list = [{ name: 'job', type: 'query', query: 'label_values(nobody, job)', datasource: PROMETHEUS }];
    const dashboard = { ...dashboardOf({ Up: 'up{job="$job"}' }), templating: { list } };
    const [row] = await rowsOf(dashboard, { prometheus });
    expect(row?.explanation).toMatch(/^the variable job found no value; /);
  });

  it('takes "all" as the author wrote it, and a current value before the first', async () => {
    const prometheus = kept(await startFakePrometheus(() => vector([{}, 1])));
    const list = [
      {
        name: 'a',
        type: 'custom',
        query: 'x,y',
        includeAll: true,
        allValue: '.*',
        current: { value: '$__all' },
      },
      { name: 'b', type: 'custom', query: 'x,y', multi: true, current: { value: ['y'] } },
      { name: 'c', type: 'custom', query: 'x,one : z' },
      { name: 'd', type: 'interval', query: '1m,5m', current: { value: '$__auto_interval_d' } },
      { name: 'e', type: 'textbox', query: 'text' },
    ];
    const expr = 'up{a=~"$a",b=~"$b",c="$c",e="$e"}[$d]';
    const dashboard = {
      ...dashboardOf({ Up: expr }),
      time: { from: 'now-15m', to: 'now' },
      templating: { list },
    };
    const [row] = await rowsOf(dashboard, { prometheus });
    expect(row?.expr).toBe('up{a=~".*",b=~"y",c="x",e="text"}[15s]');
  });

  it('asks at most so many questions at once', async () => {
    let [running, most] = [0, 0];
    const prometheus = kept(
      await startFakePrometheus(async (path) => {
        if (path !== 'query_range') return vector([{}, 1]);
        most = Math.max(most, ++running);
        await sleep(10);
        running--;
        return { resultType: 'matrix', result: [{ metric: {}, values: [[Date.now() / 1000, '1']] }] };
      }),
    );
    const panels = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`Panel ${index}`, `up + ${index}`]),
    );
    const rows = await rowsOf(dashboardOf(panels), { prometheus }, { atOnce: 3 });
    expect(rows.every(({ verdict }) => verdict === 'ok')).toBe(true);
    expect(most).toBe(3);
  });
});
