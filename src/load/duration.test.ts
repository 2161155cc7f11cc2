import { expect, test } from 'vitest';
import { durationSeconds } from './duration.ts';

test.each([
  ['15s', 15],
  ['1m30s', 90],
  ['1h', 3600],
  ['500ms', 0.5],
  ['1d', 86_400],
  ['0', 0],
  ['', undefined],
  ['15', undefined],
  ['1.5m', undefined],
  ['30s1m', undefined],
])('%s is %s seconds', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});
