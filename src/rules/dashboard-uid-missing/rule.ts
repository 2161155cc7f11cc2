import type { Rule } from '../../model/rule.ts';
import { baseName, stableUid } from '../stable-uid.ts';
import { groupBy, walkedDashboards } from '../walked-dashboards.ts';

/** A dashboard without uid gets a random one in every new database. */
export const dashboardUidMissing: Rule = {
  id: 'dashboard-uid-missing',
  summary: 'A dashboard has no uid, so links to it break with every new database',
  severity: 'drift',
  fix: 'unsafe',
  related: ['dashboard-uid-changed', 'dashboard-uid-invalid'],
  grafanaLogs: ['Unique identifier needed to be able to get a dashboard'],
  check(workspace, report) {
    const without = walkedDashboards(workspace).filter(({ uid }) => uid === undefined);
    for (const [first] of groupBy(without, ({ dashboard }) => dashboard.file).values()) {
      if (!first) continue;
      const { file, json } = first.dashboard;
      // A resource has its uid elsewhere.
      if (typeof json.title !== 'string') continue;
      const isThere = Object.hasOwn(json, 'uid');
      report({
        message: `Expected the dashboard to have a uid, found ${isThere ? JSON.stringify(json.uid) : 'none'}: Grafana makes up a random one`,
        at: { file, path: isThere ? ['uid'] : [] },
        ...(isPanel(json)
          ? {
              suggestions: [
                'Put it into a dashboard: it is a single panel, and Grafana shows an empty page.',
              ],
            }
          : {
              fix: {
                title: 'Give the dashboard a uid made of the name of its file',
                safety: 'unsafe',
                edits: [{ kind: 'set', file, path: ['uid'], value: stableUid(baseName(file), file) }],
              },
            }),
      });
    }
  },
};

/** A panel kept in a file of its own: no dashboard has a type, and a uid would not make it one. */
function isPanel({ type, panels, rows }: Readonly<Record<string, unknown>>): boolean {
  return typeof type === 'string' && panels === undefined && rows === undefined;
}
