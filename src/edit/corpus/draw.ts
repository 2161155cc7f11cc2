import fc from '../../../test/fast-check.ts';

/** Choices of a generator: a seeded stream, so that a failing case can be made again from its seed. */
export interface Draw {
  /** A whole number from 0 to `below - 1`. */
  readonly number: (below: number) => number;
  /** True this many times in a hundred. */
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(choices: readonly T[]) => T;
  /** A number that comes once. */
  readonly fresh: () => number;
}

/** One seed per test run; smaller seeds are not simpler, so there is nothing to shrink. */
export function seeds(): fc.Arbitrary<number> {
  return fc.noShrink(fc.integer({ min: 0, max: 2 ** 31 - 1 }));
}

/** The choices that belong to a seed (a linear congruential generator; its high bits are good enough here). */
export function drawFrom(seed: number): Draw {
  let state = BigInt(seed);
  let count = 0;
  const number = (below: number) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    return Number((state >> 33n) % BigInt(below));
  };
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[number(choices.length)];
    if (choice === undefined) throw new RangeError('Nothing to pick from.');
    return choice;
  };
  return { number, chance: (percent) => number(100) < percent, pick, fresh: () => ++count };
}

/** Texts that are easily misread. */
export const ODD_STRINGS: readonly string[] = [
  'prometheus',
  'http://loki:3100',
  '15s',
  '',
  ' ',
  '0456',
  'yes',
  'No',
  'null',
  '~',
  '1e3',
  '0x1f',
  'a: b',
  'a #b',
  'x:',
  '- a',
  '# a',
  "it's",
  'say "x"',
  '$x',
  '${DS_X}',
  '[[x]]',
  '{a}',
  'a, b',
  'ünï 😀',
  'two\nlines',
  'tab\t',
  '\\',
  '*x',
  '&x',
  '!x',
  '%x',
  '@x',
  '|',
  '>',
  '2001-01-01',
  '=',
  '<<',
  '?',
  '---',
  'a\r\nb',
  '\u2028',
  ' lead',
  'trail ',
  'x'.repeat(200),
]; // prettier-ignore
