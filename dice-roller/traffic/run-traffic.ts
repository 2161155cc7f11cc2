import { setTimeout as sleep } from 'node:timers/promises';
import type { TrafficOptions } from './options.ts';
import { seededRandom } from './random.ts';
import type { Sender } from './send-request.ts';
import type { Outcome, Request, Tally } from './tally.ts';

/** Sends one request of a user. */
export type Send = (request: Request, sender: Sender) => Promise<Outcome>;

/** Seconds that a user pauses at least and at most when no rate is asked for. */
const pause = { min: 0.5, max: 2 };

/** Lets all users send their requests until they are done, the time is over, or `signal` says stop. */
export async function runTraffic(
  options: TrafficOptions,
  send: Send,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 32);
  const timeLimit = options.duration > 0 ? AbortSignal.timeout(options.duration * 1000) : undefined;
  const stop = timeLimit ? AbortSignal.any([signal, timeLimit]) : signal;
  const pace = options.rate === undefined ? undefined : createPace(options.rate);
  const users = Array.from({ length: options.users }, async (_, user) => {
    const random = seededRandom(seed + user);
    for (let number = 1; !isDone(number, options.requests) && !stop.aborted; number += 1) {
      const request = nextRequest(options, random);
      const thinkMs = (pause.min + random() * (pause.max - pause.min)) * 1000;
      if (pace) await waitFor(pace(), stop);
      if (stop.aborted) return;
      const start = performance.now();
      const outcome = await send(request, { user: user + 1, number });
      tally.add(request, outcome, (performance.now() - start) / 1000);
      if (!pace && !isDone(number + 1, options.requests)) await waitFor(thinkMs, stop);
    }
  });
  await Promise.all(users);
}

/** The next request by chance: the die, whether it is a batch, and how large. */
export function nextRequest(
  options: Pick<TrafficOptions, 'dice' | 'async-probability' | 'max-batch'>,
  random: () => number,
): Request {
  const die = options.dice[Math.floor(random() * options.dice.length)] ?? 'fair';
  const isBatch = random() < options['async-probability'];
  const times = 1 + Math.floor(random() * options['max-batch']);
  return isBatch ? { kind: 'batch', die, times } : { kind: 'roll', die, times: 1 };
}

/** Hands out start times `1/rate` seconds apart, as milliseconds to wait; late ones are not made up for. */
function createPace(rate: number): () => number {
  const step = 1000 / rate;
  let next = performance.now();
  return () => {
    const now = performance.now();
    next = Math.max(next, now - step);
    const wait = next - now;
    next += step;
    return Math.max(0, wait);
  };
}

function isDone(number: number, requests: number): boolean {
  return requests > 0 && number > requests;
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  // Being stopped while waiting is no error.
  await sleep(ms, undefined, { signal }).catch(() => {});
}
