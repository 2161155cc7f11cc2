import { readFileSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { freePort } from '../live/lab.ts';
import { recorded } from './fake-grafana.ts';
import { listening, stopped } from './fake-server.ts';
import { ask, BRIEFLY, cleanups, firstLine, grafanaOf, healthyBut, json, reply } from './odd-server.ts';
import { PROMETHEUS } from './write-tree.ts';

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
    BRIEFLY,
  ],
  ['silence', (() => {}) as RequestListener, /gave no whole answer within 0.4 s$/, BRIEFLY],
])('says in one line that it got %s', async (_, listener, expected, flags: readonly string[] = []) => {
  const result = await ask(await grafanaOf(healthyBut(listener)), ...flags);
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
    const result = await ask(await grafanaOf(healthyBut(listener)));
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
    healthyBut((request, response) =>
      json(request.url === '/api/datasources' ? [PROMETHEUS] : { dashboard: {} })(request, response),
    ),
  );
  const starting = await grafanaOf((request, response) => {
    if (request.url === '/api/health' && asked++ === 0) return void response.writeHead(503).end('starting');
    void fetch(url + request.url).then(async (answer) =>
      response.writeHead(answer.status).end(await answer.text()),
    );
  });
  const result = await ask(starting, '--timeout', '60');
  expect(firstLine(result)).toMatch(/is 12\.2\.0-pre and lets us in$/);
  expect(result.stderr).toContain('answered 503: starting');
});

it('asks again when a server is busy for a moment', async () => {
  let asked = 0;
  const url = await grafanaOf(
    healthyBut((request, response) => {
      if (request.url === '/api/datasources' && asked++ === 0) return void response.writeHead(503).end();
      json([PROMETHEUS])(request, response);
    }),
  );
  expect(firstLine(await ask(url))).toMatch(/lets us in$/);
  expect(asked).toBe(2);
});

it('waits no longer than it may for a server that never says a word', async () => {
  const result = await ask(await grafanaOf(() => {}), ...BRIEFLY);
  expect(firstLine(result)).toMatch(/gave no whole answer within 0\.4 s$/);
});
