import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { httpServer } from '../../src/verify/http.ts';
import { limitTo } from '../../src/verify/limit.ts';
import { readAddress } from '../../src/verify/secrets.ts';
import { LOGIN, startFakeGrafana } from './fake-grafana.ts';
import { bodyOf } from './fake-server.ts';
import { cleanups, grafanaOf, reply } from './odd-server.ts';
import { runVerify } from './run-verify.ts';
import { dashboardOf, PROMETHEUS, writeTree } from './write-tree.ts';

it('gives up on a server that hangs', async () => {
  let asked = 0;
  const url = await grafanaOf(() => void asked++);
  const limits = { timeoutMs: 20_000, maxBytes: 1e6, atOnce: limitTo(2), redact: (text: string) => text };
  const { ask } = httpServer('Prometheus', readAddress('the URL', url), limits);
  for (let time = 0; time < 5; time++)
    await expect(ask({ path: '/', timeoutMs: 50 })).rejects.toThrow(/gave no whole answer within 0\.05 s$/);
  await expect(ask({ path: '/' })).rejects.toThrow(
    /was not asked again: it left 5 requests in a row unanswered$/,
  );
  // Fewer where a busy machine sends a request later than it is given up.
  expect(asked).toBeLessThanOrEqual(5);
});

it('gives up on a server that leaves query after query unanswered', async () => {
  const queries = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`Panel ${index}`, `up + ${index}`]),
  );
  const many = writeTree({ dashboards: { 'lab.json': dashboardOf(queries) } });
  cleanups.push(async () => rmSync(many, { recursive: true }));
  let asked = 0;
  const url = await grafanaOf((request, response) => {
    const isReady = asked === 0;
    asked++;
    if (!isReady) return void response.destroy();
    reply({ status: 200, contentType: 'application/json', body: '{"data":{}}' })(request, response);
  });
  const { stdout } = await runVerify([many, '--prometheus', url, '--format', 'json']);
  const explained = JSON.parse(stdout).rows.map(({ explanation }: { explanation: string }) => explanation);
  expect(explained.filter((text: string) => text.includes('was not asked again')).length).toBeGreaterThan(30);
  // The one that it answered, and three tries each of five.
  expect(asked).toBeLessThan(20);
});

it('gives up on one datasource behind Grafana and goes on with the others', async () => {
  const unanswered = Array.from({ length: 20 }, (_, index) => [`Down ${index}`, 'unanswered']);
  const panels = Object.fromEntries([...unanswered, ['Up', 'up']]);
  const lab = dashboardOf(panels) as { panels: { title: string; targets: object[]; datasource: object }[] };
  for (const panel of lab.panels)
    if (panel.title !== 'Up') {
      const datasource = { type: 'prometheus', uid: 'prom-down' };
      Object.assign(panel, { datasource, targets: [{ ...panel.targets[0], datasource }] });
    }
  const down = { name: 'Prom down', uid: 'prom-down', type: 'prometheus' };
  const both = writeTree({ datasources: [PROMETHEUS, down], dashboards: { 'lab.json': lab } });
  cleanups.push(async () => rmSync(both, { recursive: true }));
  const grafana = await startFakeGrafana('12.2');
  cleanups.push(grafana.stop);
  const url = await grafanaOf(async (request, response) => {
    const body = await bodyOf(request);
    if (body.includes('unanswered')) return void response.destroy();
    const { authorization = '' } = request.headers;
    const init = body === '' ? {} : { method: 'POST', body };
    const answer = await fetch(grafana.url + request.url, { ...init, headers: { authorization } });
    response.writeHead(answer.status).end(await answer.text());
  });
  const { stdout } = await runVerify([both, '--grafana', url, '--timeout', '0.3', '--format', 'json'], {
    GRAFANA_USER: LOGIN.user,
    GRAFANA_PASSWORD: LOGIN.password,
  });
  const rows = JSON.parse(stdout).rows as { panel: string; series: number; explanation: string }[];
  expect(rows.find(({ panel }) => panel === 'Up')).toMatchObject({ series: 1 });
  const given = rows.filter(({ explanation }) =>
    /^prom-down behind Grafana at .* was not asked again/.test(explanation),
  );
  expect(given.length).toBeGreaterThan(10);
});
