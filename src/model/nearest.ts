import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant: at most a third of its letters differ, letter case aside. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const sameButCase = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (sameButCase !== undefined) return sameButCase;
  if (names.length === 0) return undefined;
  const candidate = closest(name, names as string[]);
  return distance(name, candidate) <= Math.max(1, Math.floor(name.length / 3)) ? candidate : undefined;
}

/** `, nearest is "x"`, or what there is when nothing is near: the end of a message about an unknown name. */
export function nearestHint(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  if (near !== undefined) return `, nearest is "${near}"`;
  if (names.length === 0) return ', there is none';
  const different = [...new Set(names)];
  const shown = different.slice(0, 5).map((known) => `"${known}"`);
  return `, there is ${shown.join(', ')}${different.length > shown.length ? ', …' : ''}`;
}
