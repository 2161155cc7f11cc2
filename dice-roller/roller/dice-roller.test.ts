import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerDice,
  createRollerLab,
  type FakeDieService,
  holdRolls,
  type RollerLab,
  startFakeDieService,
  testDice,
} from '../test/roller-lab.ts';

let dieService: FakeDieService;
let lab: RollerLab;

beforeAll(async () => {
  dieService = await startFakeDieService(answerDice(testDice));
  lab = createRollerLab({ dieServiceUrl: dieService.url });
});
afterAll(() => dieService.stop());

describe('dice-roller', () => {
  it('says who it is', async () => {
    const response = await lab.get('/');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      service: 'Dice Roller API',
      version: '3.0.0',
      stage: '4',
      endpoints: ['/roll', '/roll-async'],
      integration: 'die-service',
      features: ['async-rolling', 'concurrent-operations'],
    });
  });

  it('rolls one of the faces of the die', async () => {
    const response = await lab.get('/roll?die=risky');
    const { roll } = response.json();
    expect(response.statusCode === 500 || testDice.risky.faces.includes(roll)).toBe(true);
    const fair = (await lab.get('/roll?die=fair')).json();
    expect(Object.keys(fair)).toEqual(['roll']);
    expect(testDice.fair.faces).toContain(fair.roll);
  });

  it('answers a batch with the rolls in order, their count and their total', async () => {
    let next = 0;
    const ordered = createRollerLab({ dieServiceUrl: dieService.url, chance: { pick: () => ++next } });
    const response = await ordered.get('/roll-async?die=fair&times=4');
    expect(response.json()).toEqual({ total: 10, rolls: [1, 2, 3, 4], count: 4 });
  });

  it.each([1, 20])('accepts a batch of %i', async (times) => {
    const response = await lab.get(`/roll-async?die=fair&times=${times}`);
    expect(response.json().rolls).toHaveLength(times);
  });

  it.each(['/roll?die=nope', '/roll-async?die=nope&times=3'])(
    'answers 404 for an unknown die: %s',
    async (path) => {
      const response = await lab.get(path);
      expect(response.statusCode).toBe(404);
      expect(response.json()).toEqual({ detail: "Die 'nope' not found" });
    },
  );

  it('answers 500 when the roll fails', async () => {
    const response = await lab.get('/roll?die=broken');
    expect(response.statusCode).toBe(500);
    expect(response.json()).toEqual({ detail: "Die 'broken' failed!" });
  });

  it('answers 500 without details for what nobody expects', async () => {
    const chance = {
      pick: () => {
        throw new Error('secret');
      },
    };
    const odd = createRollerLab({ dieServiceUrl: dieService.url, chance });
    for (const path of ['/roll?die=fair', '/roll-async?die=fair&times=2']) {
      const response = await odd.get(path);
      expect(response.statusCode).toBe(500);
      expect(response.json()).toEqual({ detail: 'Internal server error' });
    }
    expect(await odd.metric('async_rolls_in_progress')).toBe(0);
  });

  it('is ready only when die-service was seen, and no longer when it drains', async () => {
    const fresh = createRollerLab({ dieServiceUrl: dieService.url });
    expect((await fresh.get('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await fresh.get('/readyz')).statusCode).toBe(503);
    await fresh.roller.connect();
    expect((await fresh.get('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('goes on looking for die-service in the background until it answers', async () => {
    let isUp = false;
    const late = await startFakeDieService((request, response) => {
      if (isUp) return answerDice(testDice)(request, response);
      response.writeHead(500).end();
    });
    const waiting = createRollerLab({ dieServiceUrl: late.url });
    await waiting.roller.connect();
    expect((await waiting.get('/readyz')).statusCode).toBe(503);
    isUp = true;
    await expect.poll(async () => (await waiting.get('/readyz')).statusCode).toBe(200);
    expect(waiting.logs.map(({ level, message }) => `${level} ${message}`)).toContain(
      'WARNING Could not connect to die service: status 500',
    );
    await late.stop();
  });

  it('drains at once although clients hold connections on which nothing, or half a request, has come', async () => {
    const { roller } = createRollerLab({ dieServiceUrl: dieService.url });
    const { port } = new URL(await roller.app.listen({ host: '127.0.0.1', port: 0 }));
    const sockets = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')];
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    sockets[1]?.write('GET /roll?die=fair HTTP/1.1\r\n');
    const start = performance.now();
    await roller.drain();
    // Below the ten seconds that a drain may take, far above what a busy machine needs.
    expect(performance.now() - start).toBeLessThan(8000);
    for (const socket of sockets) socket.destroy();
  });

  it('rolls twenty at once, and answers /metrics while they wait', async () => {
    const rolls = holdRolls();
    const slow = createRollerLab({ dieServiceUrl: dieService.url, chance: rolls.chance });
    const answers = Promise.all(Array.from({ length: 20 }, () => slow.get('/roll?die=fair')));
    await expect.poll(() => rolls.count()).toBe(20);
    expect((await slow.get('/metrics')).statusCode).toBe(200);
    expect(rolls.count()).toBe(20);
    rolls.letGo();
    expect((await answers).map(({ statusCode }) => statusCode)).toEqual(Array(20).fill(200));
  });
});
