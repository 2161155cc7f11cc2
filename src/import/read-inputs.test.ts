import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { fetchInput, readInputs } from './read-inputs.ts';

test('A dashboard of a running Grafana is read through its API, with a token or the password of the URL', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer(({ url, headers }, response) => {
    seen.push(headers.authorization);
    const isThere = url === '/sub/api/dashboards/uid/a%2Fb';
    response.writeHead(isThere ? 200 : 404).end('{"dashboard":{}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  const read = await fetchInput(`http://${host}/sub/`, 'a/b', 'secret');
  expect(read.text).toBe('{"dashboard":{}}');
  expect(await fetchInput(`http://me:pass@${host}/sub`, 'a/b', undefined)).toMatchObject({ name: read.name });
  expect(seen).toEqual(['Bearer secret', `Basic ${btoa('me:pass')}`]);
  expect(read.name).not.toContain('pass');
  await expect(fetchInput(`http://${host}`, 'gone', undefined)).rejects.toThrow('answers 404');
});

test('What cannot be read is named', async () => {
  expect(() => readInputs('.', ['nowhere.json'])).toThrow('cannot read nowhere.json: there is none');
  await expect(fetchInput('localhost:3000x', 'a', undefined)).rejects.toThrow('cannot ask');
  await expect(fetchInput('no url', 'a', undefined)).rejects.toThrow('is no URL');
});
