/** Items of two sides: those that are the same one, those only before, those only after. */
export interface Pairs<T> {
  readonly both: readonly (readonly [before: T, after: T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** What two items share when they are the same one; undefined when this says nothing about an item. */
export type Identity<T> = (item: T) => string | undefined;

/**
 * Finds which items of two sides are the same, by one identity after the other, the surest first. Several with one
 * identity are paired in the order given, so callers sort by something that does not depend on the file's order.
 * Swapping the sides swaps the result.
 */
export function pairUp<T>(
  before: readonly T[],
  after: readonly T[],
  identities: readonly Identity<T>[],
): Pairs<T> {
  const both: [T, T][] = [];
  let removed = before;
  let added = after;
  for (const identity of identities) {
    let same = 0;
    // Most sides begin alike, and what begins alike needs no table.
    for (; same < removed.length && same < added.length; same++) {
      const [from, to] = [removed[same] as T, added[same] as T];
      const key = identity(from);
      if (key === undefined || key !== identity(to)) break;
      both.push([from, to]);
    }
    [removed, added] = [removed.slice(same), added.slice(same)];
    if (removed.length === 0 || added.length === 0) break;
    const candidates = new Map<string, T[]>();
    for (const item of added) {
      const key = identity(item);
      if (key === undefined) continue;
      const known = candidates.get(key);
      if (known) known.push(item);
      else candidates.set(key, [item]);
    }
    const taken = new Set<T>();
    const left: T[] = [];
    const next = new Map<string, number>();
    for (const item of removed) {
      const key = identity(item);
      const at = key === undefined ? 0 : (next.get(key) ?? 0);
      const partner = key === undefined ? undefined : candidates.get(key)?.[at];
      if (key === undefined || partner === undefined) left.push(item);
      else {
        next.set(key, at + 1);
        taken.add(partner);
        both.push([item, partner]);
      }
    }
    removed = left;
    added = added.filter((item) => !taken.has(item));
  }
  return { both, removed, added };
}
