/** A number from 0 up to 1 that only depends on the text. */
export function hashed(text: string): number {
  return mixed(seedOf(text)) / 2 ** 32;
}

/**
 * Values around 1 that rise and fall: the course of a service under changing load, over seconds since 1970. Uses no
 * function whose last digit depends on the machine.
 */
export function wave(key: string): (seconds: number) => number {
  const seed = seedOf(key);
  return (seconds) =>
    1 +
    0.28 * drift(seed, seconds / 240) +
    0.16 * drift(seed ^ 0x5bd1e995, seconds / 75) +
    0.14 * drift(seed ^ 0x2545f491, seconds / 17);
}

function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

function mixed(number: number): number {
  let hash = Math.imul(number ^ (number >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** From -1 to 1, smooth between random values at whole numbers. */
function drift(seed: number, at: number): number {
  const whole = Math.floor(at);
  const part = at - whole;
  const eased = part * part * (3 - 2 * part);
  const from = mixed(seed ^ Math.imul(whole, 0x9e3779b1));
  const to = mixed(seed ^ Math.imul(whole + 1, 0x9e3779b1));
  return (from + (to - from) * eased) / 2 ** 31 - 1;
}
