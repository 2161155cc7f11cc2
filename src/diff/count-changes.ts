import type { Change, ItemDiff, Noun } from './change.ts';

/** How often what happened to which kind of item: "1 panel added", "2 queries changed". */
export type Counts = ReadonlyMap<string, number>;

/** Counts what happened, items inside items too; changes that are only a place count as moves. */
export function countChanges(diffs: readonly ItemDiff[]): Counts {
  const counts = new Map<string, number>();
  const add = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const visit = (diff: ItemDiff) => {
    if (diff.kind !== 'changed') add(`${diff.of} ${diff.kind}`);
    else {
      for (const what of happenings(diff.changes)) add(`${diff.of} ${what}`);
      diff.items.forEach(visit);
    }
  };
  diffs.forEach(visit);
  return counts;
}

/** The counts in words, the weightiest first: `1 panel added, 2 queries changed, 5 panels moved`. */
export function sayCounts(counts: Counts): string {
  const said = ORDER.flatMap((noun) =>
    VERBS.flatMap((verb) => {
      const count = counts.get(`${noun} ${verb}`);
      return count === undefined ? [] : [`${count} ${plural(noun, count)} ${verb}`];
    }),
  );
  return said.join(', ') || 'no change';
}

/** A count with its noun: `1 query`, `2 queries`. */
export function plural(noun: string, count: number): string {
  if (count === 1) return noun;
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

const VERBS = ['added', 'removed', 'renamed', 'changed', 'moved', 'resized'] as const;
const ORDER: readonly Noun[] = [
  'dashboard',
  'row',
  'panel',
  'query',
  'variable',
  'annotation',
  'link',
  'datasource',
  'deletion',
  'provider',
];

function happenings(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(changes.map(({ kind }) => (kind === 'value' || kind === 'text' ? 'changed' : kind)));
}
