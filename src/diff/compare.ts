import type { ItemDiff, TreeDiff } from './change.ts';
import { compareDashboard, type DashboardOn, dashboardItem } from './compare-dashboard.ts';
import { compareProvisioning, type ProvisioningEntry } from './compare-provisioning.ts';
import { textOf } from './json.ts';
import { pairUp } from './pair-up.ts';

/** What of one side is compared. */
export interface Contents {
  readonly dashboards: readonly DashboardOn[];
  readonly provisioning: readonly ProvisioningEntry[];
}

/**
 * What changed from one state of a tree to another, by meaning: dashboards are found by uid, then
 * file; those without a uid by their title.
 * `settled` are diffs of dashboards that were compared before. Comparing the other way round gives the mirror image.
 */
export function compare(before: Contents, after: Contents, settled: readonly ItemDiff[] = []): TreeDiff {
  const { both, removed, added } = pairUp(before.dashboards, after.dashboards, [
    (dashboard) => uidOf(dashboard) && `${uidOf(dashboard)} ${dashboard.file}`,
    uidOf,
    ({ file }) => file,
    (dashboard) => (uidOf(dashboard) === undefined ? textOf(dashboard.json.title) : undefined),
  ]);
  const dashboards: ItemDiff[] = [
    ...settled,
    ...added.map((one) => ({ kind: 'added', of: 'dashboard', item: dashboardItem(one) }) as const),
    ...removed.map((one) => ({ kind: 'removed', of: 'dashboard', item: dashboardItem(one) }) as const),
    ...both.flatMap(([from, to]) => compareDashboard(from, to) ?? []),
  ];
  return {
    dashboards: dashboards.sort(byName),
    provisioning: compareProvisioning(before.provisioning, after.provisioning),
  };
}

function uidOf({ json }: DashboardOn): string | undefined {
  return textOf(json.uid);
}

function byName(a: ItemDiff, b: ItemDiff): number {
  const [one, other] = [nameOf(a), nameOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function nameOf(diff: ItemDiff): string {
  const { name, detail } = diff.kind === 'changed' ? diff.after : diff.item;
  return `${name} ${detail}`;
}
