import { setTimeout as sleep } from 'node:timers/promises';
import type { DieSpecification } from '../common/die.ts';

/** Everything about a roll that is left to chance. */
export interface Chance {
  /** Waits as long as a roll takes: up to `max` milliseconds. */
  wait(max: number): Promise<void>;
  /** Whether a roll fails, given how likely that is. */
  fails(errorRate: number): boolean;
  /** The face that shows. */
  pick(faces: readonly number[]): number;
}

/** What came of one roll. */
export type Roll = { readonly kind: 'rolled'; readonly value: number } | { readonly kind: 'failed' };

/** Fair chance from a source of numbers from 0 to below 1. */
export function fairChance(random: () => number = Math.random): Chance {
  return {
    wait: async (max) => {
      if (max > 0) await sleep(random() * max);
    },
    fails: (errorRate) => random() < errorRate,
    // The model refuses a die without faces, so the index is always inside.
    pick: (faces) => faces[Math.floor(random() * faces.length)] ?? Number.NaN,
  };
}

/** Rolls a die once: waits (the simulated work), then fails or shows a face. */
export async function castDie(die: DieSpecification, chance: Chance, maxDelayMs: number): Promise<Roll> {
  await chance.wait(maxDelayMs);
  return chance.fails(die.error_rate)
    ? { kind: 'failed' }
    : { kind: 'rolled', value: chance.pick(die.faces) };
}
