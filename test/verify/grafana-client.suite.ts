import { expect, it } from 'vitest';
import { dataOfFrames } from '../../src/verify/frames.ts';
import { type GrafanaClient, grafanaClient } from '../../src/verify/grafana-client.ts';
import { httpServer } from '../../src/verify/http.ts';
import { limitTo } from '../../src/verify/limit.ts';
import { type Credentials, readAddress } from '../../src/verify/secrets.ts';

/** A Grafana, real or recorded, and what is known to be in it. */
export interface GrafanaUnderTest {
  readonly url: string;
  readonly credentials: Credentials;
  /** A Prometheus datasource that has data for `up`. */
  readonly prometheusUid: string;
  readonly dashboardUid: string;
}

/** What the client of Grafana must do, against recorded answers and against a real server alike. */
export function grafanaClientSuite(start: () => GrafanaUnderTest): void {
  it('reads the version', async () => {
    expect(await client(start()).health()).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('lists datasources with uid, name and type', async () => {
    const { prometheusUid } = start();
    const found = await client(start()).datasources();
    expect(found.find(({ uid }) => uid === prometheusUid)).toMatchObject({ type: 'prometheus' });
  });

  it('gets a dashboard by uid, and nothing for an unknown uid', async () => {
    const { dashboardUid } = start();
    expect((await client(start()).dashboard(dashboardUid))?.json.uid).toBe(dashboardUid);
    expect(await client(start()).dashboard('nobody-has-this-uid')).toBeUndefined();
  });

  it('takes health for good, or for unknown where this version cannot tell', async () => {
    const health = await client(start()).datasourceHealth(start().prometheusUid);
    expect(health?.ok ?? 'unknown').toBeOneOf([true, 'unknown']);
  });

  it('gets data over a range and for an instant', async () => {
    for (const how of [{ range: true }, { instant: true, range: false }]) {
      const result = await query(start(), 'up', how);
      expect(result?.error).toBeUndefined();
      expect(dataOfFrames(result?.frames ?? [])).toMatchObject({ unit: 'series', onlyNaN: 0 });
      expect(dataOfFrames(result?.frames ?? []).count).toBeGreaterThan(0);
    }
  });

  it('tells no data from an error', async () => {
    const empty = await query(start(), 'no_such_metric_anywhere', { range: true });
    expect(empty?.error).toBeUndefined();
    expect(dataOfFrames(empty?.frames ?? []).count).toBe(0);
    const broken = await query(start(), 'sum(up', { range: true });
    expect(broken?.error).toMatch(/parse error/);
  });

  it('is told when a datasource does not exist', async () => {
    const asked = query({ ...start(), prometheusUid: 'nobody-has-this-uid' }, 'up', { range: true });
    await expect(asked).rejects.toMatchObject({ kind: 'status', status: 404 });
  });

  it('is told when the password is wrong', async () => {
    const wrong = { ...start(), credentials: { user: 'admin', password: 'surely not this one' } };
    await expect(client(wrong).datasources()).rejects.toMatchObject({ kind: 'unauthorized' });
  });
}

function client({ url, credentials }: GrafanaUnderTest): GrafanaClient {
  const limits = { timeoutMs: 10_000, maxBytes: 1e7, atOnce: limitTo(2), redact: (text: string) => text };
  return grafanaClient(httpServer('Grafana', readAddress('the URL', url, credentials), limits));
}

async function query(grafana: GrafanaUnderTest, expr: string, how: object) {
  const datasource = { type: 'prometheus', uid: grafana.prometheusUid };
  const one = { refId: 'A', datasource, expr, intervalMs: 15_000, maxDataPoints: 100, ...how };
  const now = Date.now();
  const body = { from: String(now - 300_000), to: String(now), queries: [one] };
  const results = await client(grafana).query(body, grafana.prometheusUid);
  return results.A;
}
