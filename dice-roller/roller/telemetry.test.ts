import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerDice,
  createRollerLab,
  type FakeDieService,
  holdRolls,
  startFakeDieService,
  testDice,
} from '../test/roller-lab.ts';

let dieService: FakeDieService;
const traceparents: (string | undefined)[] = [];

beforeAll(async () => {
  const answer = answerDice(testDice);
  dieService = await startFakeDieService((request, response) => {
    traceparents.push(request.headers.traceparent as string | undefined);
    answer(request, response);
  });
});
afterAll(() => dieService.stop());

/** A lab in which roll i takes 20 + (i + 1) * 5 ms, so that rolls overlap and end in the order of their indexes. */
function labWithDelays(fails: (call: number) => boolean = () => false) {
  let delays = 0;
  let casts = 0;
  return createRollerLab({
    dieServiceUrl: dieService.url,
    chance: {
      wait: () => sleep(20 + ++delays * 5),
      fails: () => fails(casts++),
      pick: (faces) => faces[0] ?? 0,
    },
  });
}

describe('The trace of a batch', () => {
  it('has a server span, a client span and the rolls as children of the server span that overlap', async () => {
    const lab = labWithDelays();
    await lab.get('/roll-async?die=fair&times=10');
    const spans = lab.spans();
    const server = only(spans, SpanKind.SERVER);
    const client = only(spans, SpanKind.CLIENT);
    const rolls = spans.filter(({ name }) => name.startsWith('async_roll_'));
    expect(spans).toHaveLength(12);
    expect(server.name).toBe('GET /roll-async');
    expect(client.name).toBe('GET');
    expect(rolls.map(({ name }) => name)).toEqual(
      Array.from({ length: 10 }, (_, index) => `async_roll_${index}`),
    );
    for (const child of [client, ...rolls]) {
      expect(child.parentSpanContext?.spanId).toBe(server.spanContext().spanId);
      expect(child.spanContext().traceId).toBe(server.spanContext().traceId);
    }
    const lastStart = Math.max(...rolls.map(({ startTime }) => millis(startTime)));
    const firstEnd = Math.min(...rolls.map(({ endTime }) => millis(endTime)));
    expect(lastStart).toBeLessThan(firstEnd);
    expect(traceparents.at(-1)).toContain(client.spanContext().spanId);
  });

  it('carries the attributes of the batch and of each roll', async () => {
    const lab = labWithDelays();
    await lab.get('/roll-async?die=fair&times=2');
    expect(only(lab.spans(), SpanKind.SERVER).attributes).toMatchObject({
      'die.type': 'fair',
      'async.batch_size': 2,
      'die_service.identifier': 'fair',
      'die.faces': '[1, 2, 3, 4, 5, 6]',
      'die.error_rate': 0,
      'async.total_result': 2,
      'http.route': '/roll-async',
      'http.response.status_code': 200,
    });
    expect(byName(lab.spans(), 'async_roll_1').attributes).toEqual({
      'async.roll_index': 1,
      'die.type': 'fair',
      'die.faces': '[1, 2, 3, 4, 5, 6]',
      'die.error': false,
      'die.result': 1,
    });
  });

  it('waits for all rolls when one fails, and names the first failing index though another failed earlier', async () => {
    const delays = [40, 30, 20, 10];
    // In the order in which the rolls end: 3 and 1 fail.
    const failures = [true, false, true, false];
    const lab = createRollerLab({
      dieServiceUrl: dieService.url,
      chance: { wait: () => sleep(delays.shift()), fails: () => failures.shift() ?? false },
    });
    const response = await lab.get('/roll-async?die=fair&times=4');
    expect(response.statusCode).toBe(500);
    expect(response.json()).toEqual({ detail: "Async roll batch failed: Die 'fair' failed on roll 1" });
    const server = only(lab.spans(), SpanKind.SERVER);
    expect(server.status.code).toBe(SpanStatusCode.ERROR);
    expect(lab.spans().at(-1)).toBe(server);
    const failed = byName(lab.spans(), 'async_roll_1');
    expect(failed.status).toEqual({ code: SpanStatusCode.ERROR, message: "Die 'fair' failed on roll 1" });
    expect(failed.events.map(({ name }) => name)).toEqual(['exception']);
    expect(failed.attributes).toMatchObject({ 'die.error': true });
    expect(await lab.metric('async_rolls_in_progress')).toBe(0);
    expect(await lab.metric('async_rolls_total{die_type="fair",result="error"}')).toBe(2);
    expect(await lab.metric('async_rolls_total{die_type="fair",result="success"}')).toBe(2);
    expect(await lab.metric('async_roll_duration_seconds_count')).toBe(1);
  });

  it('continues the trace of the caller', async () => {
    const lab = labWithDelays();
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    await lab.get('/roll?die=fair', { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    const server = only(lab.spans(), SpanKind.SERVER);
    expect(server.spanContext().traceId).toBe(traceId);
    expect(server.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
    expect(traceparents.at(-1)).toContain(traceId);
  });

  it('keeps concurrent requests apart', async () => {
    const lab = labWithDelays();
    await Promise.all(Array.from({ length: 5 }, () => lab.get('/roll-async?die=fair&times=3')));
    const traces = groupByTrace(lab.spans());
    expect([...traces.values()].map((spans) => spans.length)).toEqual([5, 5, 5, 5, 5]);
  });
});

describe('A client that goes away', () => {
  it('leaves a batch that is finished, counted once, and traced to its end', async () => {
    const rolls = holdRolls();
    const lab = createRollerLab({ dieServiceUrl: dieService.url, chance: rolls.chance });
    const url = await lab.roller.app.listen({ host: '127.0.0.1', port: 0 });
    const client = new AbortController();
    const answer = fetch(`${url}/roll-async?die=fair&times=3`, { signal: client.signal });
    await expect.poll(() => rolls.count()).toBe(3);
    client.abort();
    await expect(answer).rejects.toThrow();
    expect(await lab.metric('async_rolls_in_progress')).toBe(3);
    rolls.letGo();
    await expect.poll(() => lab.spans().some(({ kind }) => kind === SpanKind.SERVER)).toBe(true);
    const server = only(lab.spans(), SpanKind.SERVER);
    expect(lab.spans()).toHaveLength(5);
    expect(lab.spans().at(-1)).toBe(server);
    expect(await lab.metric('async_rolls_in_progress')).toBe(0);
    expect(await lab.metric('http_requests_total{method="GET",status="2xx",handler="/roll-async"}')).toBe(1);
    await lab.roller.drain();
  });
});

describe('The trace of a roll', () => {
  it('carries the result', async () => {
    const lab = labWithDelays();
    await lab.get('/roll?die=fair');
    const server = only(lab.spans(), SpanKind.SERVER);
    expect(server.name).toBe('GET /roll');
    expect(server.attributes).toMatchObject({
      'die.type': 'fair',
      'die_service.identifier': 'fair',
      'die.error': false,
      'die.result': 1,
    });
  });

  it('is an error when the roll fails, and none when the die is unknown', async () => {
    const lab = labWithDelays(() => true);
    await lab.get('/roll?die=fair');
    const [failed] = lab.spans().filter(({ kind }) => kind === SpanKind.SERVER);
    expect(failed?.status.code).toBe(SpanStatusCode.ERROR);
    expect(failed?.attributes).toMatchObject({ 'die.error': true });
    await lab.get('/roll?die=nope');
    const unknown = lab.spans().filter(({ kind }) => kind === SpanKind.SERVER)[1];
    expect(unknown?.status.code).toBe(SpanStatusCode.UNSET);
  });

  it('does not exist for scrapes and health checks', async () => {
    const lab = labWithDelays();
    for (const path of ['/metrics', '/healthz', '/readyz']) await lab.get(path);
    expect(lab.spans()).toEqual([]);
    expect(lab.logs).toEqual([]);
  });
});

describe('The log of a batch', () => {
  it('has RFC 3339 times, upper-case levels, and the ids of the span each line belongs to', async () => {
    const lab = labWithDelays();
    await lab.get('/roll-async?die=fair&times=3');
    for (const line of lab.logs) {
      expect(line.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(line.level).toMatch(/^(INFO|WARNING|ERROR)$/);
      expect(line.logger).toBe('dice-roller');
      expect(line.trace_id).toBe(lab.spans()[0]?.spanContext().traceId);
    }
    const rolled = lab.logs.filter(({ message }) => message === 'Async roll completed');
    expect(rolled.map(({ span_id }) => span_id)).toEqual(
      [0, 1, 2].map((index) => byName(lab.spans(), `async_roll_${index}`).spanContext().spanId),
    );
    expect(rolled[2]).toMatchObject({ die_type: 'fair', roll_index: 2, roll_value: 1 });
  });

  it('tells the events of a successful batch with their fields', async () => {
    const lab = labWithDelays();
    await lab.get('/roll-async?die=fair&times=2');
    expect(lab.logs.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'INFO: Async roll batch started',
      'INFO: Querying die service for specification',
      'INFO: Die specification retrieved from service',
      'INFO: Async roll completed',
      'INFO: Async roll completed',
      'INFO: Async roll batch completed',
      'INFO: Request completed',
    ]);
    expect(lab.logs[0]).toMatchObject({ die_type: 'fair', times: 2 });
    expect(lab.logs[5]).toMatchObject({ die_type: 'fair', times: 2, total: 2, rolls: [1, 1] });
    expect(lab.logs[5]?.duration).toBeTypeOf('number');
  });

  it('tells failures as errors', async () => {
    const lab = labWithDelays(() => true);
    await lab.get('/roll-async?die=fair&times=1');
    await lab.get('/roll?die=fair');
    const errors = lab.logs.filter(({ level }) => level === 'ERROR');
    expect(errors.map(({ message }) => message)).toEqual([
      'Async roll triggered error condition',
      'Async roll batch failed',
      'Die triggered error condition',
    ]);
    expect(errors[1]).toMatchObject({ die_type: 'fair', times: 1, error: "Die 'fair' failed on roll 0" });
  });
});

function groupByTrace(spans: readonly ReadableSpan[]): ReadonlyMap<string, readonly ReadableSpan[]> {
  const traces = new Map<string, ReadableSpan[]>();
  for (const span of spans) {
    const { traceId } = span.spanContext();
    traces.set(traceId, [...(traces.get(traceId) ?? []), span]);
  }
  return traces;
}

function only(spans: readonly ReadableSpan[], kind: SpanKind): ReadableSpan {
  const found = spans.filter((span) => span.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as ReadableSpan;
}

function byName(spans: readonly ReadableSpan[], name: string): ReadableSpan {
  const found = spans.filter((span) => span.name === name);
  expect(found).toHaveLength(1);
  return found[0] as ReadableSpan;
}

function millis([seconds, nanos]: [number, number]): number {
  return seconds * 1000 + nanos / 1e6;
}
