import { isAtLeast } from '../../model/grafana-version.ts';
import type { Rule } from '../../model/rule.ts';
import type { SourceFile } from '../../model/source-file.ts';
import type { Workspace } from '../../model/workspace.ts';
import { walkedDashboards } from '../walked-dashboards.ts';

/** The uid of a dashboard changed in a file that Grafana has already read. */
export const dashboardUidChanged: Rule = {
  id: 'dashboard-uid-changed',
  summary: 'The uid of a dashboard was changed in its file, so the old one stays',
  severity: 'drift',
  fix: 'none',
  related: ['dashboard-uid-missing'],
  grafanaLogs: ['could not resolve dashboards:uid', 'A dashboard with the same uid already exists'],
  check(workspace, report) {
    const { grafana } = workspace;
    if (!grafana.persistsDatabase) return;
    const isNewer = isAtLeast(grafana.version, '12.0');
    const uids = new Set(walkedDashboards(workspace).map(({ uid }) => uid));
    for (const { dashboard, uid } of walkedDashboards(workspace)) {
      const older = uid === undefined ? undefined : olderUid(workspace, dashboard.file, uid);
      // What another file has by now was moved there.
      if (older === undefined || uids.has(older)) continue;
      report({
        message: isNewer
          ? `Changed uid of the dashboard: "${older}" stays in the database beside "${uid}", with its last content`
          : `Changed uid of the dashboard: Grafana keeps "${older}" with its old content and does not make "${uid}"`,
        at: { file: dashboard.file, path: ['uid'] },
        ...(!isNewer && { grafanaLog: `could not resolve dashboards:uid:${uid}: Dashboard not found` }),
        suggestions: ['Rename the file too: Grafana then deletes the old dashboard and makes the new one.'],
      });
    }
  },
};

/** The newest other uid that the file had; undefined when it had none, or no other. */
function olderUid({ files }: Workspace, path: string, uid: string): string | undefined {
  return files.history(path, uidIn).find(({ fact }) => fact !== undefined && fact !== uid)?.fact;
}

function uidIn({ value }: SourceFile): string | undefined {
  const uid = (value as { uid?: unknown } | null | undefined)?.uid;
  return typeof uid === 'string' ? uid.trim() || undefined : undefined;
}
