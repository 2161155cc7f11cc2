import { rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { afterAll, afterEach, expect } from 'vitest';
import { recorded } from './fake-grafana.ts';
import { bodyText, type RecordedAnswer, serve } from './fake-server.ts';
import { runVerify } from './run-verify.ts';
import { dashboardOf, writeTree } from './write-tree.ts';

/** A token that may stand in no output. */
export const TOKEN = 'glsa_ThisTokenMustNeverBeSeen_1234';
/** A tree with one dashboard of two queries. */
export const tree = writeTree({ dashboards: { 'lab.json': dashboardOf({ Up: 'up', More: 'up + 1' }) } });
/** What is to be done after the test. */
export const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
afterAll(() => rmSync(tree, { recursive: true }));

/** For servers that hang on purpose. Others get the usual time: a busy machine can take long over any answer. */
export const BRIEFLY = ['--request-timeout', '0.4'];

/** Asks a Grafana that behaves like this, with a token; says what was printed, all in all. */
export async function ask(url: string, ...flags: readonly string[]) {
  const args = [tree, '--grafana', url, '--timeout', '0.4', ...flags];
  const result = await runVerify(args, { GRAFANA_TOKEN: TOKEN });
  expect(result.stdout + result.stderr).not.toContain(TOKEN);
  return result;
}

/** The line about Grafana, which is the first. */
export function firstLine({ stdout }: { stdout: string }): string {
  return stdout.split('\n')[0] ?? '';
}

export async function grafanaOf(listener: RequestListener): Promise<string> {
  const server = await serve(listener);
  cleanups.push(server.stop);
  return server.url;
}

/** Answers JSON with 200. */
export function json(value: unknown): RequestListener {
  return reply({ status: 200, contentType: 'application/json', body: JSON.stringify(value) });
}

/** Healthy, and then this to everything else. */
export function healthyBut(listener: RequestListener): RequestListener {
  return (request, response) =>
    request.url === '/api/health'
      ? reply(recorded('12.2', 'health'))(request, response)
      : listener(request, response);
}

export function reply(answer: RecordedAnswer): RequestListener {
  return (_, response) => {
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(bodyText(answer));
  };
}
