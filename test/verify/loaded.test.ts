import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifyResult } from '../../src/verify/result.ts';
import { readAddress } from '../../src/verify/secrets.ts';
import { verify } from '../../src/verify/verify.ts';
import { LOGIN, recorded, startFakeGrafana } from './fake-grafana.ts';
import { bodyText, type FakeServer, serve } from './fake-server.ts';
import { dashboardOf, PROMETHEUS, type TreeText, writeTree } from './write-tree.ts';

/** When the answers were recorded: their samples are fresh then. */
const THEN = 1_795_396_985_000;
/** What the recorded Grafana has, without what it adds. */
const loaded = JSON.parse(bodyText(recorded('12.2', 'dashboard-u1'))).dashboard;

describe('verify against a Grafana', () => {
  let grafana: FakeServer;
  const trees: string[] = [];

  beforeAll(async () => {
    grafana = await startFakeGrafana('12.2');
  });
  afterAll(async () => {
    await grafana.stop();
    for (const tree of trees) rmSync(tree, { recursive: true });
  });

  async function verified(tree: TreeText): Promise<VerifyResult> {
    const root = writeTree(tree);
    trees.push(root);
    const address = readAddress('the URL', grafana.url, LOGIN);
    return verify({ root, where: { kind: 'grafana', address }, timeoutMs: 100, now: () => THEN });
  }

  async function checkOf(tree: TreeText, name: string) {
    const { checks } = await verified(tree);
    return checks.find((check) => check.name === name);
  }

  it('finds a dashboard with the same content, whatever Grafana adds', async () => {
    const { id, version, ...own } = loaded;
    const check = await checkOf({ folder: 'Gen', dashboards: { 'd.json': { ...own, id: 999 } } }, 'T1');
    expect({ id, version }).toEqual({ id: 3, version: 1 });
    expect(check).toMatchObject({ verdict: 'ok', message: expect.stringContaining('uid u1, folder Gen') });
  });

  it('says that Grafana migrated a dashboard, and takes its content for the same', async () => {
    const older = { ...loaded, schemaVersion: 26, refresh: false };
    expect(await checkOf({ folder: 'Gen', dashboards: { 'd.json': older } }, 'T1')).toMatchObject({
      verdict: 'ok',
      message: expect.stringMatching(/same content as .*d\.json, migrated to schemaVersion 27$/),
    });
  });

  it('names what differs in content, title and folder', async () => {
    const [panel] = loaded.panels;
    const changed = { ...loaded, panels: [{ ...panel, title: 'Down' }] };
    expect(await checkOf({ folder: 'Gen', dashboards: { 'd.json': changed } }, 'T1')).toMatchObject({
      verdict: 'failed',
      message: 'Grafana shows other content than provisioning/dashboards/all/d.json: panels.0.title',
    });
    expect(
      await checkOf({ folder: 'Gen', dashboards: { 'd.json': { ...loaded, title: 'T2' } } }, 'T2'),
    ).toMatchObject({
      message: 'its title is "T1" in Grafana, but "T2" in provisioning/dashboards/all/d.json',
    });
    expect(await checkOf({ folder: 'Ops', dashboards: { 'd.json': loaded } }, 'T1')).toMatchObject({
      message: 'it is in folder "Gen" in Grafana, but in "Ops" by its provider',
    });
  });

  it('misses a dashboard that Grafana does not have, and one that has no uid', async () => {
    const tree = { dashboards: { 'd.json': dashboardOf({ Up: 'up' }) } };
    expect(await checkOf(tree, 'Lab')).toMatchObject({
      verdict: 'failed',
      message: 'Grafana has no dashboard with uid lab',
    });
    expect(
      await checkOf({ dashboards: { 'd.json': { title: 'Nobody', panels: [] } } }, 'Nobody'),
    ).toMatchObject({
      message: expect.stringContaining('has no uid'),
    });
  });

  it('names a datasource whose uid is another one in Grafana, with the repair', async () => {
    const datasources = [{ ...PROMETHEUS, uid: 'prom' }];
    const check = await checkOf({ datasources, dashboards: { 'd.json': loaded } }, 'Prometheus');
    expect(check?.message).toMatch(
      /^its uid is prometheus in Grafana, but prom in provisioning\/datasources\/all\.yaml/,
    );
    expect(check?.repair).toMatch(
      /write `uid: prometheus` into .* or put `deleteDatasources: \[\{ name: Prometheus, orgId: 1 \}\]`/,
    );
  });

  it('waits for datasources that Grafana has not read yet', async () => {
    let asked = 0;
    const starting = await serve(async (request, response) => {
      if (request.url === '/api/datasources' && asked++ === 0) return void response.end('[]');
      const { authorization = '' } = request.headers;
      const answer = await fetch(grafana.url + request.url, { headers: { authorization } });
      response.writeHead(answer.status).end(await answer.text());
    });
    const root = writeTree({ dashboards: { 'd.json': loaded } });
    trees.push(root);
    const address = readAddress('the URL', starting.url, LOGIN);
    const { checks } = await verify({ root, where: { kind: 'grafana', address }, now: () => THEN });
    await starting.stop();
    expect(checks.find(({ name }) => name === 'Prometheus')).toMatchObject({ verdict: 'ok' });
    expect(asked).toBe(2);
  });

  it("passes on what Grafana says of a datasource's health, and asks Tempo itself", async () => {
    const datasources = [
      PROMETHEUS,
      { name: 'Prom down', uid: 'prom-down', type: 'prometheus', url: 'http://127.0.0.1:19999' },
      { name: 'Tempo down', uid: 'tempo-down', type: 'tempo' },
      { name: 'Nobody', uid: 'nobody', type: 'loki' },
    ];
    const { checks } = await verified({ datasources, dashboards: { 'd.json': loaded } });
    const found = checks.filter(({ area }) => area === 'datasource');
    expect(found.map(({ name, verdict, message }) => [name, verdict, message.slice(0, 60)])).toEqual([
      ['Prometheus', 'ok', 'Successfully queried the Prometheus API.'],
      ['Prom down', 'failed', 'Post "http://127.0.0.1:19999/api/v1/query": dial tcp 127.0.0.1:'.slice(0, 60)],
      ['Tempo down', 'failed', `Grafana at ${grafana.url} answered 404: Not found`.slice(0, 60)],
      ['Nobody', 'failed', 'Grafana has no datasource of this name or uid; it has Loki d'],
    ]);
    expect(found[1]?.repair).toBe(
      'is http://127.0.0.1:19999 in provisioning/datasources/all.yaml what Grafana can reach it by?',
    );
  });

  it('runs each query as its panel does, and tells data, none and errors apart', async () => {
    const panels = { Up: 'up', Nothing: 'nobody_has_this', Broken: 'sum(up' };
    const { rows, holds } = await verified({ dashboards: { 'd.json': dashboardOf(panels) } });
    expect(rows.map(({ panel, verdict }) => [panel, verdict])).toEqual([
      ['Up', 'ok'],
      ['Nothing', 'empty'],
      ['Broken', 'error'],
    ]);
    expect(rows[0]).toMatchObject({ series: 1, unit: 'series', value: 1, newestSampleAgeSeconds: 5 });
    // What is behind that datasource was not recorded: then nothing is claimed.
    expect(rows[1]?.explanation).toMatch(
      /^no data, and why cannot be found out: .* answered 404: Not found$/,
    );
    expect(rows[2]?.explanation).toMatch(/^the datasource answers: bad_data: .*parse error/);
    expect(holds).toBe(false);
  });

  it('reports the error of a datasource that is down, and one that does not exist', async () => {
    const datasources = [{ name: 'Prom down', uid: 'prom-down', type: 'prometheus' }];
    const down = dashboardOf({ Up: 'up' }, { type: 'prometheus', uid: 'prom-down' });
    const [row] = (await verified({ datasources, dashboards: { 'd.json': down } })).rows;
    expect(row?.explanation).toMatch(/connect: connection refused$/);
    const [missing] = (await verified({ dashboards: { 'd.json': loaded } })).rows;
    expect(missing).toMatchObject({
      verdict: 'error',
      explanation: expect.stringMatching(/^there is no datasource "prom-uid"; there is loki-down, /),
    });
  });
});
