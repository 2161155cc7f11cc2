import type { Workspace } from '../model/workspace.ts';
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
