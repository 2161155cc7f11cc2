import { readFileSync, rmSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, expect, it } from 'vitest';
import { readAddress } from '../../src/verify/secrets.ts';
import { verify } from '../../src/verify/verify.ts';
import { freePort } from '../live/lab.ts';
import { LOGIN, recorded, startFakeGrafana } from './fake-grafana.ts';
import { bodyOf, bodyText, listening, type RecordedAnswer, serve, stopped } from './fake-server.ts';
import { startFakePrometheus, vector } from './fake-stack.ts';
import { runVerify } from './run-verify.ts';
import { dashboardOf, PROMETHEUS, writeTree } from './write-tree.ts';

const TOKEN = 'glsa_ThisTokenMustNeverBeSeen_1234';
const tree = writeTree({ dashboards: { 'lab.json': dashboardOf({ Up: 'up', More: 'up + 1' }) } });
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
afterAll(() => rmSync(tree, { recursive: true }));

/** Asks a Grafana that behaves like this, with a token; says what was printed, all in all. */
async function ask(url: string, ...flags: readonly string[]) {
  const args = [tree, '--grafana', url, '--timeout', '0.4', '--request-timeout', '0.4', ...flags];
  const result = await runVerify(args, { GRAFANA_TOKEN: TOKEN });
  expect(result.stdout + result.stderr).not.toContain(TOKEN);
  expect(result.seconds).toBeLessThan(8);
  return result;
}

/** The line about Grafana, which is the first. */
function firstLine({ stdout }: { stdout: string }): string {
  return stdout.split('\n')[0] ?? '';
}

async function grafanaOf(listener: RequestListener): Promise<string> {
  const server = await serve(listener);
  cleanups.push(server.stop);
  return server.url;
}

/** Healthy, and then this to everything else. */
function healthyBut(listener: RequestListener): RequestListener {
  return (request, response) =>
    request.url === '/api/health'
      ? reply(recorded('12.2', 'health'))(request, response)
      : listener(request, response);
}

function reply(answer: RecordedAnswer): RequestListener {
  return (_, response) => {
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(bodyText(answer));
  };
}

it('says that nothing listens, after waiting as long as it may', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const result = await ask(url);
  expect(firstLine(result)).toBe(
    `✗ Grafana: Grafana at ${url} cannot be reached: nothing listens there (ECONNREFUSED)`,
  );
  expect(result.stderr).toMatch(/^waiting for Grafana at http:/);
  expect(result.code).toBe(1);
});

it('says that a host name is unknown, without waiting', async () => {
  const result = await ask('http://no-such-host.invalid:3000', '--timeout', '60');
  expect(firstLine(result)).toMatch(/its host name is unknown here \((?:ENOTFOUND|EAI_AGAIN)\)$/);
});

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

it.each([
  [
    '403',
    reply(recorded('12.2', '403-viewer-reload')),
    /forbids this \(403: You'll need additional permissions/,
  ],
  [
    '500',
    reply({ status: 500, contentType: 'text/html', body: '<h1>no</h1>' }),
    /answered 500: Internal Server Error$/,
  ],
  [
    'a web page',
    reply({ status: 200, contentType: 'text/html', body: '<html><title>Sign in</title></html>' }),
    /did not answer in JSON but with a web page \("Sign in"\): is a login or a proxy in front\?$/,
  ],
  [
    'half of a JSON',
    reply({ status: 200, contentType: 'application/json', body: '[{"id":' }),
    /not answer in JSON but with "\[\{/,
  ],
  [
    'nothing',
    reply({ status: 200, contentType: 'application/json', body: '' }),
    /not answer in JSON but with nothing$/,
  ],
  [
    'a redirect',
    ((_, response) => response.writeHead(302, { location: '/login?to=%2Fapi' }).end()) as RequestListener,
    /redirects to \/login: a login page, or another address\?$/,
  ],
  [
    'a body that breaks off',
    ((_, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('[');
      setTimeout(() => response.destroy(), 5);
    }) as RequestListener,
    /broke its answer off/,
  ],
  [
    'headers and then nothing',
    ((_, response) => void response.writeHead(200).write('[')) as RequestListener,
    /gave no whole answer within 0.4 s$/,
  ],
  ['silence', (() => {}) as RequestListener, /gave no whole answer within 0.4 s$/],
])('says in one line that it got %s', async (_, listener, expected) => {
  const result = await ask(await grafanaOf(healthyBut(listener)));
  expect(firstLine(result)).toMatch(/^✗ Grafana: Grafana at http:\/\/127\.0\.0\.1:\d+ /);
  expect(firstLine(result)).toMatch(expected);
  expect(result.code).toBe(1);
});

it('reads no more of 100 MB than it must, announced or not, compressed or not', async () => {
  const chunk = Buffer.alloc(1_000_000, 'a');
  const bomb = gzipSync(Buffer.alloc(100_000_000, 'a'));
  let sent = 0;
  const endless: RequestListener = async (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const closed = new Promise((go) => response.once('close', go));
    for (; sent < 100 && !response.destroyed; sent++)
      if (!response.write(chunk))
        await Promise.race([closed, new Promise((go) => response.once('drain', go))]);
    response.end();
  };
  const announced: RequestListener = (_, response) =>
    void response.writeHead(200, { 'content-length': 100_000_000 }).write('[');
  const compressed: RequestListener = (_, response) =>
    void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  for (const listener of [endless, announced, compressed]) {
    const result = await ask(await grafanaOf(healthyBut(listener)), '--request-timeout', '10');
    expect(firstLine(result)).toMatch(/sent an answer of more than 32 MB$/);
  }
  expect(sent).toBeLessThan(60);
});

it('says that a server speaks no HTTP', async () => {
  const server = createNetServer((socket) => {
    socket.on('error', () => {});
    socket.end('hello\r\n');
  });
  const url = await listening(server);
  cleanups.push(async () => server.close());
  expect(firstLine(await ask(url))).toMatch(
    /does not speak HTTP \(HPE_\w+\): is it https, or another port\?$/,
  );
});

it('says that a certificate is signed by nobody known, and how to add an authority', async () => {
  const pem = (name: string) => readFileSync(join(import.meta.dirname, 'tls', name));
  const server = createTlsServer({ key: pem('key.pem'), cert: pem('certificate.pem') });
  const url = await listening(server, 'https');
  cleanups.push(() => stopped(server as unknown as Server));
  const line = firstLine(await ask(url));
  expect(line).toMatch(
    /certificate is signed by nobody known here \(\w+\); NODE_EXTRA_CA_CERTS=<file> adds an authority$/,
  );
});

it('says that a server speaks no TLS', async () => {
  const url = await grafanaOf(reply(recorded('12.2', 'health')));
  expect(firstLine(await ask(url.replace('http:', 'https:')))).toMatch(
    /no TLS connection \(\w+\): is it http/,
  );
});

it('waits for a Grafana that is starting', async () => {
  let asked = 0;
  const url = await grafanaOf(
    healthyBut(reply({ status: 200, contentType: 'application/json', body: '[]' })),
  );
  const starting = await grafanaOf((request, response) => {
    if (request.url === '/api/health' && asked++ === 0) return void response.writeHead(503).end('starting');
    void fetch(url + request.url).then(async (answer) =>
      response.writeHead(answer.status).end(await answer.text()),
    );
  });
  const result = await ask(starting, '--timeout', '1.5');
  expect(firstLine(result)).toMatch(/is 12\.2\.0-pre and lets us in$/);
  expect(result.stderr).toContain('answered 503: starting');
});

it('asks again when a server is busy for a moment', async () => {
  let asked = 0;
  const url = await grafanaOf(
    healthyBut((request, response) => {
      const busy = request.url === '/api/datasources' && asked++ === 0;
      reply({ status: busy ? 503 : 200, contentType: 'application/json', body: '[]' })(request, response);
    }),
  );
  expect(firstLine(await ask(url))).toMatch(/lets us in$/);
  expect(asked).toBe(2);
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
  expect(seconds).toBeLessThan(4);
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

it('waits no longer than it may for a server that never says a word', async () => {
  const result = await ask(await grafanaOf(() => {}));
  expect(firstLine(result)).toMatch(/gave no whole answer within 0\.4 s$/);
});

it.each([
  [['--grafana', 'localhost:3000'], /--grafana is no URL; expected one such as http:\/\/localhost:3000/],
  [['--grafana', 'http://a', '--loki', 'http://b'], /--grafana and --loki do not go together/],
  [[], /nothing to ask: give --grafana URL \(or GRAFANA_URL\), or --prometheus/],
  [['--prometheus', 'http://a', '--since', 'soon'], /Expected a duration such as 30m/],
  [
    ['--prometheus', 'http://127.0.0.1:9', '--only', 'nobody'],
    /--only "nobody" fits no dashboard or panel; there is "Lab"/,
  ],
  [
    ['--prometheus', 'http://127.0.0.1:9', '--instance', 'provisionin'],
    /no Grafana "provisionin" in this tree, nearest is "provisioning"/,
  ],
])('refuses %j in one line', async (flags, expected) => {
  const result = await runVerify([tree, ...flags, '--timeout', '0.1']);
  expect({ code: result.code, stdout: result.stdout }).toEqual({ code: 2, stdout: '' });
  expect(result.stderr.trim()).toMatch(expected);
});

it('refuses a token that cannot be sent, without printing it', async () => {
  const result = await runVerify([tree, '--grafana', 'http://127.0.0.1:9'], {
    GRAFANA_TOKEN: `${TOKEN} and\nmore`,
  });
  expect(result.code).toBe(2);
  expect(result.stderr).toMatch(/the token for --grafana holds a character that no header can/);
  expect(result.stderr).not.toContain(TOKEN);
});
