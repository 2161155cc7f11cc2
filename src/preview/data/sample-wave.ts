/** A number from 0 up to 1 that only depends on the text. */
export function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

/** Values around 1 that rise and fall without haste: the course of a service under changing load. */
export function wave(key: string, seconds: number): number {
  return (
    1 +
    0.28 * drift(key, seconds / 240) +
    0.16 * drift(`${key}'`, seconds / 75) +
    0.05 * drift(`${key}"`, seconds / 20)
  );
}

/** From -1 to 1, smooth between random values at whole numbers. Uses no function whose last digit depends on the machine. */
function drift(key: string, at: number): number {
  const whole = Math.floor(at);
  const part = at - whole;
  const eased = part * part * (3 - 2 * part);
  const [from, to] = [hashed(`${key}${whole}`), hashed(`${key}${whole + 1}`)];
  return 2 * (from + (to - from) * eased) - 1;
}
