import type { Dashboard } from '../model/dashboard.ts';
import type { DashboardProvider } from '../model/provider.ts';
import type { WalkedFile, Workspace } from '../model/workspace.ts';
import { type DashboardIdentity, fileFault, identityOf } from './file-fault.ts';
import { landingFolders } from './landing-folder.ts';

/** A dashboard as one provider sees it. A file under two providers comes twice. */
export interface WalkedDashboard extends DashboardIdentity {
  readonly dashboard: Dashboard;
  /** Title of the folder it ends up in; `''` is General. */
  readonly folder: string;
  /** Tells that folder from others of the same title. */
  readonly folderKey: string;
  readonly provider: DashboardProvider;
  readonly walked: WalkedFile;
}

const known = new WeakMap<Workspace, readonly WalkedDashboard[]>();

/** All dashboards that Grafana takes, in the order in which it walks them. */
export function walkedDashboards(workspace: Workspace): readonly WalkedDashboard[] {
  const found = known.get(workspace) ?? collect(workspace);
  // Many rules ask for them.
  known.set(workspace, found);
  return found;
}

function collect(workspace: Workspace): WalkedDashboard[] {
  const landing = landingFolders(workspace);
  return workspace.walks.flatMap(({ provider, files }) =>
    files.flatMap((walked) => {
      const { dashboard } = walked;
      const fault = fileFault(walked, provider, workspace.grafana.version);
      if (!dashboard || (fault && !fault.loads)) return [];
      const { key, title: folder } = landing.get(walked) ?? { key: '', title: walked.folder };
      return [{ dashboard, ...identityOf(walked), folder, folderKey: key, provider, walked }];
    }),
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
