import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { limitTo } from './limit.ts';

it('runs at most so many tasks at once and all of them, in order', async () => {
  const limit = limitTo(2);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const results = await Promise.all(
    [0, 1, 2, 3, 4].map((number) =>
      limit(async () => {
        most = Math.max(most, ++running);
        started.push(number);
        await sleep(1);
        running--;
        return number * 2;
      }),
    ),
  );
  expect({ most, results, started }).toEqual({ most: 2, results: [0, 2, 4, 6, 8], started: [0, 1, 2, 3, 4] });
});

it('gives the place of a failed task to the next', async () => {
  const limit = limitTo(1);
  await expect(limit(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(limit(async () => 'yes')).resolves.toBe('yes');
});
