import type { Workspace } from '../model/workspace.ts';
import { baseName } from './stable-uid.ts';
import { groupBy, type WalkedDashboard, walkedDashboards } from './walked-dashboards.ts';

/** Files that claim the same thing; the first is the one that came first. */
export interface Duplicates {
  readonly first: WalkedDashboard;
  readonly others: readonly WalkedDashboard[];
}

/** Different files with one uid in one organisation. A file that two providers walk is no duplicate of itself. */
export function uidDuplicates(workspace: Workspace): Duplicates[] {
  const withUid = walkedDashboards(workspace).filter(({ uid }) => uid !== undefined);
  return duplicates(withUid, ({ uid, provider }) => `${provider.orgId} ${uid}`);
}

/** Different files with one title in one folder whose uids do not already clash: a copy has both in common. */
export function titleDuplicates(workspace: Workspace): Duplicates[] {
  const found = duplicates(walkedDashboards(workspace), ({ folderKey, title }) =>
    JSON.stringify([folderKey, title]),
  );
  return found.flatMap(({ first, others }) => {
    const seen: (string | undefined)[] = [first.uid];
    const real = others.filter(({ uid }) => {
      const isCopy = uid !== undefined && seen.includes(uid);
      seen.push(uid);
      return !isCopy;
    });
    return real.length === 0 ? [] : [{ first, others: real }];
  });
}

function duplicates(
  items: readonly WalkedDashboard[],
  keyOf: (item: WalkedDashboard) => string,
): Duplicates[] {
  return [...groupBy(items, keyOf).values()].flatMap((group) => {
    const [first, ...others] = [...groupBy(group, ({ dashboard }) => dashboard.file).values()].flatMap(
      ([item]) => item ?? [],
    );
    return first && others.length > 0 ? [{ first, others }] : [];
  });
}

/** The same with the file first that keeps what it has: a generated one, or one of which others look like copies. */
export function originalFirst({ first, others }: Duplicates): Duplicates {
  const files = [first, ...others];
  const original =
    files.find(({ dashboard }) => dashboard.origin.kind === 'definition') ??
    files.find((item) => files.every((other) => !isCopyOf(item, other))) ??
    first;
  return { first: original, others: files.filter((item) => item !== original) };
}

/**
 * `dice-copy.json` and `dice (1).json` are later than `dice.json`, and so is `10.4.0/dice.json`, although Grafana walks
 * them before it.
 */
function isCopyOf(item: WalkedDashboard, other: WalkedDashboard): boolean {
  const [name, original] = [baseName(item.dashboard.file), baseName(other.dashboard.file)];
  if (name === original)
    return folderOf(item) !== folderOf(other) && folderOf(item).startsWith(folderOf(other));
  return name.startsWith(original) && /^[^A-Za-z0-9]|^\d/.test(name.slice(original.length));
}

/** With the slash at its end. */
function folderOf({ dashboard }: WalkedDashboard): string {
  return dashboard.file.slice(0, dashboard.file.lastIndexOf('/') + 1);
}
