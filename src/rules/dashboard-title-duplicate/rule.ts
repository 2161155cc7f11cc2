import { isAtLeast } from '../../model/grafana-version.ts';
import type { Rule } from '../../model/rule.ts';
import { groupBy, walkedDashboards } from '../walked-dashboards.ts';

/** Two titles alike in one folder: one dashboard up to Grafana 11, and a frozen provider in every version. */
export const dashboardTitleDuplicate: Rule = {
  id: 'dashboard-title-duplicate',
  summary: 'Two dashboards in one folder have the same title, so Grafana freezes their provider',
  severity: 'load',
  fix: 'unsafe',
  related: ['dashboard-uid-duplicate'],
  grafanaLogs: ['dashboard title is not unique in folder'],
  check(workspace, report) {
    const titled = walkedDashboards(workspace).filter(({ dashboard }) => dashboard.title.trim() !== '');
    for (const group of groupBy(titled, ({ orgId, folder, dashboard }) =>
      JSON.stringify([orgId, folder, dashboard.title]),
    ).values()) {
      const [first, ...others] = group;
      for (const { dashboard, folder } of others) {
        // A copied file has both in common; its uid is what must change first.
        const isCopy = group.some(
          (other) =>
            other.dashboard !== dashboard &&
            other.dashboard.uid?.trim() === dashboard.uid?.trim() &&
            dashboard.uid,
        );
        if (isCopy || !first) continue;
        const outcome = isAtLeast(workspace.grafana.version, '12.0')
          ? 'saves nothing more from their provider'
          : 'keeps one of them and saves nothing more from their provider';
        report({
          message: `Duplicate title "${dashboard.title}" in folder ${folder === '' ? 'General' : `"${folder}"`}: Grafana ${outcome}`,
          at: { file: dashboard.file, path: ['title'] },
          related: [{ at: { file: first.dashboard.file, path: ['title'] }, message: 'has the same title' }],
          grafanaLog: 'msg="dashboard title is not unique in folder"',
        });
      }
    }
  },
};
