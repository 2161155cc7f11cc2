import { type GeneratedLock, readLock } from '../load/generated-lock.ts';

/**
 * What earlier builds recorded. In a lock file that git left with conflict markers both sides count: a build wrote the
 * files of either. Undefined when it is no lock file.
 */
export function recordedLock(text: string): GeneratedLock | undefined {
  const whole = readLock(text);
  if (whole) return whole;
  const ours = readLock(text.replace(CONFLICT, '$1'));
  const theirs = readLock(text.replace(CONFLICT, '$2'));
  return ours && theirs && { ...theirs, ...ours };
}

/** One conflict, with or without the common ancestor that `merge.conflictStyle` can add. */
const CONFLICT = /^<{7}.*\n([\s\S]*?)(?:^\|{7}.*\n[\s\S]*?)?^={7}\r?\n([\s\S]*?)^>{7}.*\n/gm;
