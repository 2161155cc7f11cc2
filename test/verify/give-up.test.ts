import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LOGIN, startFakeGrafana } from './fake-grafana.ts';
import { bodyOf } from './fake-server.ts';
import { cleanups, grafanaOf, reply } from './odd-server.ts';
import { runVerify } from './run-verify.ts';
import { dashboardOf, PROMETHEUS, writeTree } from './write-tree.ts';

it('gives up on a server that leaves query after query unanswered', async () => {
  const queries = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`Panel ${index}`, `up + ${index}`]),
  );
  const many = writeTree({ dashboards: { 'lab.json': dashboardOf(queries) } });
  cleanups.push(async () => rmSync(many, { recursive: true }));
  let asked = 0;
  const url = await grafanaOf(async (request, response) => {
    const isReady = asked === 0;
    asked++;
    if (isReady)
      reply({ status: 200, contentType: 'application/json', body: '{"data":{}}' })(request, response);
  });
  const args = [
    many,
    '--prometheus',
    url,
    '--timeout',
    '0.4',
    '--request-timeout',
    '0.3',
    '--format',
    'json',
  ];
  const { stdout, seconds } = await runVerify(args);
  const explained = JSON.parse(stdout).rows.map(({ explanation }: { explanation: string }) => explanation);
  expect(explained.filter((text: string) => text.includes('was not asked again')).length).toBeGreaterThan(30);
  expect(asked).toBeLessThan(12);
  expect(seconds).toBeLessThan(15);
});

it('gives up on one datasource behind Grafana and goes on with the others', async () => {
  const hanging = Array.from({ length: 20 }, (_, index) => [`Hangs ${index}`, 'hangs']);
  const panels = Object.fromEntries([...hanging, ['Up', 'up']]);
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
    if (body.includes('hangs')) return;
    const { authorization = '' } = request.headers;
    const init = body === '' ? {} : { method: 'POST', body };
    const answer = await fetch(grafana.url + request.url, { ...init, headers: { authorization } });
    response.writeHead(answer.status).end(await answer.text());
  });
  const flags = ['--grafana', url, '--timeout', '0.3', '--request-timeout', '0.3', '--format', 'json'];
  const { stdout } = await runVerify([both, ...flags], {
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
