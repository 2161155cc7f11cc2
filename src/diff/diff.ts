import type { TreeDiff } from './change.ts';
import { compareSides, type UnreadableFile } from './compare-sides.ts';
import { openSides, type SidesOptions } from './sides.ts';
import { type StaleFile, staleFiles } from './stale.ts';

/** What to compare. */
export interface DiffOptions extends SidesOptions {
  /** Files that somebody who compiled the definitions found stale; takes the place of guessing from the lock file. */
  readonly stale?: readonly StaleFile[] | undefined;
}

/** What changed between two states, and what stood in the way of knowing. */
export interface DiffReport extends TreeDiff {
  /** What was compared: a ref with its commit, `the working tree`, paths. */
  readonly before: string;
  readonly after: string;
  readonly stale: readonly StaleFile[];
  readonly unreadable: readonly UnreadableFile[];
}

/**
 * Says by meaning what changed in the dashboards and the provisioning of a tree: open both sides, compare
 * what differs. Reads only; runs nothing of what it reads, and git without hooks and filters.
 *
 * @throws UsageError when one of the sides cannot be opened
 */
export function diff(options: DiffOptions = {}): DiffReport {
  const sides = openSides(options);
  return {
    before: sides.before.name,
    after: sides.after.name,
    ...compareSides(sides),
    stale: options.stale ?? staleFiles(sides),
  };
}

/** Whether anything changed: what `--exit-code` asks. */
export function isEmpty({ dashboards, provisioning, unreadable }: DiffReport): boolean {
  return dashboards.length === 0 && provisioning.length === 0 && unreadable.length === 0;
}
