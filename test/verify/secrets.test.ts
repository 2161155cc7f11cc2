import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readAddress } from '../../src/verify/secrets.ts';
import { verify } from '../../src/verify/verify.ts';
import { LOGIN, startFakeGrafana } from './fake-grafana.ts';
import { startFakePrometheus, vector } from './fake-stack.ts';
import { ask, cleanups, firstLine, grafanaOf, healthyBut, TOKEN, tree } from './odd-server.ts';
import { runVerify } from './run-verify.ts';
import { dashboardOf, writeTree } from './write-tree.ts';

it('says that the password is wrong, and not what it is', async () => {
  const grafana = await startFakeGrafana('12.2');
  cleanups.push(grafana.stop);
  const wrong = { GRAFANA_USER: 'admin', GRAFANA_PASSWORD: 'wrong-but-secret' };
  const result = await runVerify([tree, '--grafana', grafana.url], wrong);
  expect(firstLine(result)).toMatch(/refuses the login \(401: Invalid username or password\)$/);
  expect(result.stdout + result.stderr).not.toContain('wrong-but-secret');
});

it('takes user and password from the address, and prints neither', async () => {
  const grafana = await startFakeGrafana('12.2');
  cleanups.push(grafana.stop);
  const inside = `${LOGIN.user}:${encodeURIComponent(LOGIN.password)}@`;
  const url = grafana.url.replace('://', `://${inside}`);
  const result = await runVerify([tree, '--grafana', url, '--timeout', '0.3']);
  expect(firstLine(result)).toBe(`✓ Grafana: Grafana at ${grafana.url} is 12.2.0-pre and lets us in`);
  expect(result.stdout + result.stderr).not.toMatch(/correct|horse/);
});

it('does not print a token that the server sends back', async () => {
  const url = await grafanaOf(
    healthyBut((request, response) => {
      response.writeHead(400).end(JSON.stringify({ message: `bad header ${request.headers.authorization}` }));
    }),
  );
  expect(firstLine(await ask(url))).toMatch(/answered 400: bad header Bearer \*\*\*$/);
});

it('does not print a password that stands in the answer of a server, inside the address of another', async () => {
  const lastError = 'Get "http://me:topsecret@10.0.0.1/metrics": refused';
  const prometheus = await startFakePrometheus((path) => {
    if (path !== 'targets') return vector();
    return { activeTargets: [{ labels: { job: 'dice' }, health: 'down', lastError }] };
  });
  cleanups.push(prometheus.stop);
  const down = writeTree({ dashboards: { 'lab.json': dashboardOf({ Dice: 'dice{job="dice"}' }) } });
  cleanups.push(async () => rmSync(down, { recursive: true }));
  for (const format of ['table', 'json', 'junit', 'markdown']) {
    const { stdout } = await runVerify([down, '--prometheus', prometheus.url, '--format', format]);
    expect(stdout).toContain('***');
    expect(stdout).not.toContain('topsecret');
  }
});

it('keeps secrets out of results, not only out of what is printed', async () => {
  const url = await grafanaOf(
    (request, response) => void response.writeHead(400).end(request.headers.authorization),
  );
  const where = { kind: 'grafana', address: readAddress('the URL', url, { token: TOKEN }) } as const;
  const { checks } = await verify({ root: tree, where, timeoutMs: 100 });
  expect(checks[0]?.message).toMatch(/answered 400: Bearer \*\*\*$/);
});

it('refuses a token that cannot be sent, without printing it', async () => {
  const result = await runVerify([tree, '--grafana', 'http://127.0.0.1:9'], {
    GRAFANA_TOKEN: `${TOKEN} and\nmore`,
  });
  expect(result.code).toBe(2);
  expect(result.stderr).toMatch(/the token for --grafana holds a character that no header can/);
  expect(result.stderr).not.toContain(TOKEN);
});
