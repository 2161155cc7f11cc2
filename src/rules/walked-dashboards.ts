import type { Dashboard } from '../model/dashboard.ts';
import type { Workspace } from '../model/workspace.ts';

/** A dashboard as one provider sees it. A file under two providers comes twice. */
export interface WalkedDashboard {
  readonly dashboard: Dashboard;
  /** Title of its folder; `''` is General. */
  readonly folder: string;
  readonly orgId: number;
}

/** All dashboards in the order in which Grafana walks them. */
export function walkedDashboards(workspace: Workspace): WalkedDashboard[] {
  return workspace.walks.flatMap(({ provider, files }) =>
    files.flatMap(({ dashboard, folder }) =>
      dashboard ? [{ dashboard, folder, orgId: provider.orgId }] : [],
    ),
  );
}

/** Items that share a key, in order of first appearance. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
