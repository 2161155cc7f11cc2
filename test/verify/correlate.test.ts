import { afterEach, expect, it } from 'vitest';
import type { Where } from '../../src/verify/connect.ts';
import { connect } from '../../src/verify/connect.ts';
import { correlate } from '../../src/verify/correlate.ts';
import { limitTo } from '../../src/verify/limit.ts';
import { readAddress } from '../../src/verify/secrets.ts';
import { type FakeServer, serve } from './fake-server.ts';
import { type FakeSpan, startFakeLoki, startFakePrometheus, startFakeTempo, vector } from './fake-stack.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A stack in which the parts that are named lose what they are sent. */
async function ways(lost: readonly string[]) {
  let traceId = '';
  const children = Array.from(
    { length: 21 },
    (_, index): FakeSpan => [`async_roll_${index}`, `c${index}`, 'root'],
  );
  const service = await serve((request, response) => {
    traceId = String(request.headers.traceparent).split('-')[1] ?? '';
    response.writeHead(200).end('{"total":60}');
  });
  const prometheus = await startFakePrometheus((path) => {
    if (path !== 'query_exemplars') return vector([{}, 1]);
    return [{ exemplars: [{ labels: { trace_id: lost.includes('exemplar') ? 'another' : traceId } }] }];
  });
  const loki = await startFakeLoki([
    {
      labels: { service_name: 'dice-roller' },
      // Read when asked: by then the request has been sent.
      get lines() {
        return lost.includes('logs') ? [] : [{ text: 'rolled', metadata: { trace_id: traceId } }];
      },
    },
  ]);
  const tempo = await startFakeTempo((id) => {
    if (id !== traceId) return [];
    return [['GET /roll-async', 'root', 'caller'], ...(lost.includes('trace') ? [] : children)];
  });
  const servers: Readonly<Record<string, FakeServer>> = { prometheus, loki, tempo };
  for (const server of [service, ...Object.values(servers)]) cleanups.push(server.stop);
  const limits = { timeoutMs: 20_000, maxBytes: 1e6, atOnce: limitTo(4), redact: (text: string) => text };
  const addresses = Object.entries(servers).map(([type, { url }]) => [type, readAddress(type, url)]);
  const where: Where = { kind: 'direct', addresses: Object.fromEntries(addresses) };
  const talk = { progress: () => {}, now: Date.now };
  const stack = await connect(where, [], limits, { timeoutMs: 0, ...talk });
  const patience = (part: string) => (lost.includes(part) ? 200 : 20_000);
  const within = { trace: patience('trace'), logs: patience('logs'), exemplar: patience('exemplar') };
  const checks = await correlate(stack, {
    service: readAddress('--trace', service.url),
    limits,
    within,
    ...talk,
  });
  return checks.map(({ name, verdict, message }) => `${name} ${verdict}: ${message}`);
}

it('follows one request to its trace with children, its lines and its exemplar', async () => {
  expect(await ways([])).toEqual([
    expect.stringMatching(/^request ok: .*\/roll-async\?die=fair&times=20 was asked as trace [\da-f]{32}$/),
    expect.stringMatching(/^trace ok: trace [\da-f]{32} has 22 spans, 21 of them children after/),
    expect.stringMatching(/^logs ok: 1 line carries the trace id after/),
    expect.stringMatching(/^exemplar ok: async_roll_batch_size_bucket has it as an exemplar after/),
  ]);
});

it.each(['trace', 'logs', 'exemplar'])(
  'says that the %s did not arrive in time, and only that',
  async (lost) => {
    const found = await ways([lost]);
    expect(found.filter((text) => text.includes(' failed: '))).toEqual([
      `${lost} failed: not there within 0.2 s`,
    ]);
  },
);
