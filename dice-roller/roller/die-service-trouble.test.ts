import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { answerDice, createRollerLab, holdRolls, startFakeDieService, testDice } from '../test/roller-lab.ts';

const send =
  (status: number, body: unknown): RequestListener =>
  (_request, response) => {
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const specification = (value: unknown) => send(200, { identifier: 'fair', specification: value });

const troubles: readonly (readonly [string, RequestListener, string, number, string])[] = [
  ['a 400', send(400, {}), 'error_4xx', 503, 'WARNING: Die service returned error'],
  ['a 500', send(500, {}), 'error_5xx', 503, 'WARNING: Die service returned error'],
  ['a 404', send(404, {}), 'not_found', 404, 'WARNING: Die service returned error'],
  ['a redirect', send(302, {}), 'invalid_response', 503, 'ERROR: Error querying die service: status 302'],
  ['no answer in time', () => {}, 'timeout', 503, 'ERROR: Die service request timed out'],
  [
    'a headless answer',
    (_, r) => void r.writeHead(200).write('{'),
    'timeout',
    503,
    'ERROR: Die service request timed out',
  ],
  [
    'a cut line',
    (_, r) => void r.destroy(),
    'connection_error',
    503,
    'ERROR: Failed to connect to die service',
  ],
  [
    'no JSON',
    send(200, '<html>'),
    'invalid_response',
    503,
    'ERROR: Error querying die service: answer is not JSON',
  ],
  [
    'no specification',
    send(200, { identifier: 'fair' }),
    'invalid_response',
    503,
    'ERROR: Error querying die service: specification',
  ],
  [
    'no faces',
    specification({ faces: [], error_rate: 0 }),
    'invalid_response',
    503,
    'ERROR: Error querying die service: specification.faces',
  ],
  [
    'half faces',
    specification({ faces: [1.5], error_rate: 0 }),
    'invalid_response',
    503,
    'ERROR: Error querying die service: specification.faces.0',
  ],
  [
    'an impossible rate',
    specification({ faces: [1], error_rate: 2 }),
    'invalid_response',
    503,
    'ERROR: Error querying die service: specification.error_rate',
  ],
  [
    'another die',
    send(200, { identifier: 'risky', specification: testDice.risky }),
    'invalid_response',
    503,
    "ERROR: Error querying die service: asked for 'fair', got another die",
  ],
];

describe('When die-service answers with', () => {
  it.each(troubles)(
    '%s, the roll is refused, counted and logged',
    async (_what, listener, status, code, line) => {
      const dieService = await startFakeDieService(listener);
      // Short only where it is waited for.
      const env: Record<string, string> = status === 'timeout' ? { DIE_SERVICE_TIMEOUT_MS: '50' } : {};
      const lab = createRollerLab({ dieServiceUrl: dieService.url, env });
      const label = code === 404 ? 'unknown' : 'fair';
      for (const path of ['/roll?die=fair', '/roll-async?die=fair&times=2']) {
        const response = await lab.get(path);
        expect(response.statusCode).toBe(code);
        expect(response.json().detail).toBe(
          code === 404 ? "Die 'fair' not found" : `Die service unavailable: ${status}`,
        );
      }
      expect(await lab.metric(`die_service_requests_total{identifier="${label}",status="${status}"}`)).toBe(
        2,
      );
      expect(await lab.metric('die_service_request_duration_seconds_count')).toBe(2);
      expect(await lab.metric(`dice_rolls_total{die_type="${label}",result="error"}`)).toBe(1);
      expect(await lab.metric(`async_roll_batches_total{die_type="${label}",result="error"}`)).toBe(1);
      expect(await lab.metric('async_roll_batch_size_count')).toBe(1);
      expect(await lab.metric('async_roll_duration_seconds_count')).toBe(0);
      const lines = lab.logs.map(({ level, message }) => `${level}: ${message}`);
      expect(lines.filter((text) => text.startsWith(line))).toHaveLength(2);
      expect(lines).toContain('ERROR: Failed to get die specification');
      expect(lines).toContain('ERROR: Failed to get die specification for async roll');
      await dieService.stop();
    },
  );

  it('nothing because it is down, the roll is refused as a connection error', async () => {
    const dieService = await startFakeDieService(() => {});
    await dieService.stop();
    const lab = createRollerLab({ dieServiceUrl: dieService.url });
    const response = await lab.get('/roll?die=fair');
    expect(response.statusCode).toBe(503);
    expect(await lab.metric('die_service_requests_total{identifier="fair",status="connection_error"}')).toBe(
      1,
    );
  });
});

describe('Rolls in flight are bounded', () => {
  it('a batch beyond the bound is refused with Retry-After, and room comes back', async () => {
    const dieService = await startFakeDieService(answerDice(testDice));
    const rolls = holdRolls();
    const lab = createRollerLab({
      dieServiceUrl: dieService.url,
      env: { ROLL_MAX_IN_FLIGHT: '10' },
      chance: rolls.chance,
    });
    const first = lab.get('/roll-async?die=fair&times=8');
    await expect.poll(() => lab.metric('async_rolls_in_progress')).toBe(8);
    const refused = await lab.get('/roll-async?die=fair&times=3');
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.json()).toEqual({ detail: 'Too many rolls in flight (at most 10)' });
    const fits = lab.get('/roll-async?die=fair&times=2');
    await expect.poll(() => lab.metric('async_rolls_in_progress')).toBe(10);
    rolls.letGo();
    expect((await first).statusCode).toBe(200);
    expect((await fits).statusCode).toBe(200);
    expect((await lab.get('/roll-async?die=fair&times=10')).statusCode).toBe(200);
    expect(await lab.metric('async_rolls_in_progress')).toBe(0);
    await dieService.stop();
  });
});
