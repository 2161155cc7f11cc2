import { expect, test } from 'vitest';
import { nearestHint } from './nearest.ts';

test('what there is is named once each', () => {
  expect(nearestHint('tempo', ['prom', 'prom', 'loki'])).toBe(', there is "prom", "loki"');
});
