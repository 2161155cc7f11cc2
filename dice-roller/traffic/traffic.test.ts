import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { createTracing } from '../common/tracing.ts';
import { startFakeDieService as startServer } from '../test/roller-lab.ts';
import { compareTable, readCompareOptions } from './compare.ts';
import { exitCode } from './main.ts';
import { readOptions } from './options.ts';
import { seededRandom } from './random.ts';
import { nextRequest, runTraffic } from './run-traffic.ts';
import { sendRequest } from './send-request.ts';
import { createTally, type Outcome, quantile, type Request } from './tally.ts';

const success: Outcome = { kind: 'success', value: 3 };
const never = new AbortController().signal;

describe('The options', () => {
  it('have defaults', () => {
    expect(readOptions([], {})).toEqual({
      target: 'http://127.0.0.1:8107',
      users: 10,
      requests: 20,
      rate: undefined,
      duration: 0,
      'async-probability': 0.3,
      'max-batch': 10,
      dice: ['fair', 'risky'],
      seed: undefined,
      timeout: 30,
      'max-error-rate': 0.5,
      'health-port': undefined,
    });
  });

  it('come from flags before variables', () => {
    const options = readOptions(['--users', '3', '--dice', 'fair,'], {
      TRAFFIC_USERS: '4',
      TRAFFIC_RATE: '2.5',
    });
    expect(options).toMatchObject({ users: 3, rate: 2.5, dice: ['fair'] });
  });

  it('are refused all at once, each by the name it was given with', () => {
    expect(() =>
      readOptions(['--users', '0', '--max-batch', '21'], { TRAFFIC_RATE: 'fast', TARGET_URL: 'x' }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [Error: Bad options:
        TARGET_URL="x": expected an http:// or https:// URL
        --users="0": expected a whole number from 1 to 1000
        TRAFFIC_RATE="fast": expected a number from 0 to 10000
        --max-batch="21": expected a whole number from 1 to 20]
    `);
    expect(() => readOptions(['--user', '3'], {})).toThrow('--user');
  });
});

describe('The requests', () => {
  it('repeat themselves for the same seed', async () => {
    const record = async (seed: string) => {
      const sent: string[] = [];
      const options = readOptions(['--seed', seed, '--users', '3', '--requests', '5', '--rate', '10000'], {});
      await runTraffic(
        options,
        async (request, { user, number }) => {
          sent.push(`${user}.${number} ${request.kind} ${request.die} ${request.times}`);
          return success;
        },
        createTally(),
        never,
      );
      return sent.sort();
    };
    expect(await record('7')).toEqual(await record('7'));
    expect(await record('7')).not.toEqual(await record('8'));
    expect(await record('7')).toHaveLength(15);
  });

  it('are mixed as asked for', () => {
    const random = seededRandom(1);
    const options = { dice: ['fair', 'risky'], 'async-probability': 0.3, 'max-batch': 10 };
    const requests = Array.from({ length: 5000 }, () => nextRequest(options, random));
    const batches = requests.filter(({ kind }) => kind === 'batch');
    expect(batches.length / requests.length).toBeCloseTo(0.3, 1);
    expect(new Set(batches.map(({ times }) => times)).size).toBe(10);
    expect(Math.max(...batches.map(({ times }) => times))).toBe(10);
    expect(requests.filter(({ die }) => die === 'fair').length / requests.length).toBeCloseTo(0.5, 1);
  });

  it('keep to the rate of all users together, and stop when the time is over', async () => {
    const tally = createTally();
    const options = readOptions(['--rate', '50', '--duration', '2', '--requests', '0'], {});
    const start = performance.now();
    await runTraffic(options, async () => success, tally, never);
    const seconds = (performance.now() - start) / 1000;
    // Late requests are not made up for, so a busy machine sends fewer; never more.
    expect(tally.requests()).toBeGreaterThan(5);
    expect(tally.requests()).toBeLessThan(50 * seconds + 15);
  });
});

describe('One request', () => {
  it.each([
    ['a roll', 200, '{"roll":4}', { kind: 'success', value: 4 }],
    ['a batch', 200, '{"total":9,"rolls":[4,5],"count":2}', { kind: 'success', value: 9 }],
    ['an error', 500, '{"detail":"no"}', { kind: 'refused', status: 500, message: '{"detail":"no"}' }],
  ])('tells what came of it: %s', async (_what, status, body, outcome) => {
    let traceparent: string | string[] | undefined;
    const server = await startServer((request, response) => {
      traceparent = request.headers.traceparent;
      response.writeHead(status).end(body);
    });
    const exporter = new InMemorySpanExporter();
    const { tracer } = createTracing('traffic-generator', [new SimpleSpanProcessor({ exporter })]);
    const request: Request = { kind: 'roll', die: 'fair', times: 1 };
    expect(await sendRequest(server.url, request, { user: 1, number: 2 }, 5, tracer)).toEqual(outcome);
    const [span] = exporter.getFinishedSpans();
    expect(span?.name).toBe('simulated_user_sync_request');
    expect(span?.attributes).toMatchObject({
      'user.id': 1,
      'request.number': 2,
      'response.status_code': status,
    });
    expect(span?.attributes['request.status']).toBe(status === 200 ? 'success' : 'error');
    expect(traceparent).toContain(span?.spanContext().spanId);
    await server.stop();
  });

  it('tells a timeout from a server that cannot be reached', async () => {
    const { tracer } = createTracing('traffic-generator', []);
    const server = await startServer(() => {});
    const request: Request = { kind: 'batch', die: 'fair', times: 2 };
    const send = () => sendRequest(server.url, request, { user: 1, number: 1 }, 0.05, tracer);
    expect(await send()).toEqual({ kind: 'timeout' });
    await server.stop();
    expect(await send()).toMatchObject({ kind: 'unreachable' });
  });
});

describe('The summary', () => {
  const tallyOf = (outcomes: readonly Outcome[]) => {
    const tally = createTally();
    outcomes.forEach((outcome, index) => {
      const kind = index % 2 === 0 ? 'roll' : 'batch';
      tally.add({ kind, die: 'fair', times: 1 }, outcome, (index + 1) / 10);
    });
    return tally;
  };

  it('has requests, errors and latency percentiles', () => {
    const refused: Outcome = { kind: 'refused', status: 500, message: '' };
    const tally = tallyOf([success, success, refused, { kind: 'timeout' }]);
    expect(tally.summary(2)).toMatchInlineSnapshot(`
      "requests  4 in 2.0 s (2.0/s)
      errors    2 (50.0 %)
      answers   200: 2, 500: 1, timeout: 1
      /roll       2 requests, p50 100 ms, p95 300 ms, p99 300 ms, max 300 ms
      /roll-async 2 requests, p50 200 ms, p95 400 ms, p99 400 ms, max 400 ms"
    `);
    expect(createTally().summary(1)).toContain('no requests');
  });

  it('decides about the exit code', () => {
    const unreachable: Outcome = { kind: 'unreachable', message: '' };
    expect(exitCode(tallyOf([unreachable, unreachable]), 1)).toBe(1);
    expect(exitCode(tallyOf([success, unreachable]), 0.5)).toBe(0);
    expect(exitCode(tallyOf([success, unreachable]), 0.4)).toBe(1);
    expect(exitCode(tallyOf([success]), 0)).toBe(0);
  });

  it('takes quantiles by the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0, 0.5, 0.95, 0.99, 1].map((q) => quantile(values, q))).toEqual([1, 50, 95, 99, 100]);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('The comparison', () => {
  it('prints mean, least and largest of both ways and the speed-up', () => {
    const iterations = [
      { sequential: 4, batch: 1 },
      { sequential: 6, batch: 1 },
    ];
    expect(compareTable(10, iterations)).toMatchInlineSnapshot(`
      "                              mean       min       max
      10 x /roll                  5.00 s    4.00 s    6.00 s
      /roll-async?times=10        1.00 s    1.00 s    1.00 s
      speed-up                    5.00 x    4.00 x    6.00 x"
    `);
  });

  it('refuses bad flags', () => {
    expect(() => readCompareOptions(['--rolls', '21'], {})).toThrow("Bad --rolls '21'");
    expect(readCompareOptions([], {})).toMatchObject({ rolls: 10, iterations: 5, die: 'fair' });
  });
});
