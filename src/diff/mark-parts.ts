import { diffArrays } from 'diff';
import { cut, printable } from './plain-text.ts';

/** A piece of two texts: in both, or in one of them. */
export interface Part {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Longer texts than this are not taken apart: what takes its place is said as a whole. */
const LONGEST = 20_000;

/**
 * Which part of a text changed: words, numbers and single signs as a query language has them, so that `[1m]` against
 * `[5m]` marks the duration and not the letter. Removed parts stand before what was added in their place.
 */
export function markParts(before: string, after: string): readonly Part[] {
  if (before.length + after.length > LONGEST) return whole(before, after);
  const changes = diffArrays(tokens(before), tokens(after), { maxEditLength: 400 });
  if (!changes) return whole(before, after);
  return changes.map(({ value, added, removed }) => ({
    kind: removed ? 'removed' : added ? 'added' : 'same',
    text: value.join(''),
  }));
}

/** Parts for a line: printable, on one line, what is long and unchanged shortened to its ends. */
export function shortParts(parts: readonly Part[]): readonly Part[] {
  return parts.map(({ kind, text }, index) => {
    const line = printable(text).replace(/\s+/g, ' ');
    if (kind !== 'same') return { kind, text: cut(line, 1000) };
    if (line.length <= 400) return { kind, text: line };
    const [head, tail] = [
      index === 0 ? '' : line.slice(0, 80),
      index === parts.length - 1 ? '' : line.slice(-80),
    ];
    return { kind, text: `${head} … ${tail}` };
  });
}

function whole(before: string, after: string): readonly Part[] {
  return [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
}

function tokens(text: string): string[] {
  return text.match(/[\p{L}\p{N}_.:]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}
