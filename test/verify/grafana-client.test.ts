import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grafanaClient } from '../../src/verify/grafana-client.ts';
import { httpServer } from '../../src/verify/http.ts';
import { limitTo } from '../../src/verify/limit.ts';
import { readAddress } from '../../src/verify/secrets.ts';
import { LOGIN, startFakeGrafana, VERSIONS } from './fake-grafana.ts';
import { type FakeServer, serve } from './fake-server.ts';
import { grafanaClientSuite } from './grafana-client.suite.ts';

describe.each(VERSIONS)('the client, with the answers of Grafana %s', (version) => {
  let grafana: FakeServer;

  beforeAll(async () => {
    grafana = await startFakeGrafana(version);
  });
  afterAll(() => grafana.stop());

  grafanaClientSuite(() => ({
    url: grafana.url,
    credentials: LOGIN,
    prometheusUid: 'prometheus',
    dashboardUid: version === '9.5' ? 'stage4-async-rolling' : 'u1',
  }));
});

describe('the client, with what only Grafana 12.2 answers', () => {
  let grafana: FakeServer;
  beforeAll(async () => {
    grafana = await startFakeGrafana('12.2');
  });
  afterAll(() => grafana.stop());

  const client = () => {
    const limits = { timeoutMs: 20_000, maxBytes: 1e6, atOnce: limitTo(2), redact: (text: string) => text };
    return grafanaClient(httpServer('Grafana', readAddress('the URL', grafana.url, LOGIN), limits));
  };

  it('reads what a datasource that is down says of itself', async () => {
    const health = await client().datasourceHealth('prom-down');
    expect(health).toEqual({ ok: false, message: expect.stringContaining('connect: connection refused') });
  });

  it('takes the health of Tempo, which has none, for unknown', async () => {
    expect(await client().datasourceHealth('tempo-down')).toBeUndefined();
  });

  it('is told of a datasource that does not exist, which Grafana calls an error of its own', async () => {
    await expect(client().datasourceHealth('nope')).rejects.toThrow(
      /answered 500: Unable to load datasource metadata$/,
    );
  });

  it('asks the API behind a datasource', async () => {
    const answer = await client().behind('prometheus')({ path: '/api/v1/query', form: { query: 'up' } });
    expect(answer).toMatchObject({ status: 'success', data: { resultType: 'vector' } });
  });

  it("asks the plugin's own resources where the proxy is not there", async () => {
    const asked: string[] = [];
    const odd = await serve((request, response) => {
      asked.push(request.url ?? '');
      const isProxy = request.url?.includes('/proxy/');
      response
        .writeHead(isProxy ? 404 : 200)
        .end(isProxy ? '{"message":"Not found"}' : '{"status":"success"}');
    });
    const limits = { timeoutMs: 20_000, maxBytes: 1e6, atOnce: limitTo(2), redact: (text: string) => text };
    const other = grafanaClient(httpServer('Grafana', readAddress('the URL', odd.url), limits));
    expect(await other.behind('p')({ path: '/api/v1/labels' })).toEqual({ status: 'success' });
    await odd.stop();
    expect(asked).toEqual([
      '/api/datasources/proxy/uid/p/api/v1/labels',
      '/api/datasources/uid/p/resources/api/v1/labels',
    ]);
  });
});
