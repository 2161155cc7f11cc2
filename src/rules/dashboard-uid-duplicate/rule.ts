import type { Rule } from '../../model/rule.ts';
import { groupBy, walkedDashboards } from '../walked-dashboards.ts';

/** Of two files with one uid Grafana keeps a random one and freezes every provider that has one of them. */
export const dashboardUidDuplicate: Rule = {
  id: 'dashboard-uid-duplicate',
  summary: 'Two dashboard files have the same uid: one is lost and the whole provider freezes',
  severity: 'load',
  fix: 'unsafe',
  related: ['dashboard-title-duplicate', 'provider-paths-overlap'],
  grafanaLogs: [
    'the same UID is used more than once',
    'dashboards provisioning provider has no database write permissions because of duplicates',
    'Not saving new dashboard due to restricted database access',
  ],
  check(workspace, report) {
    const withUid = walkedDashboards(workspace).filter(({ dashboard }) => dashboard.uid !== undefined);
    for (const [uid, group] of groupBy(
      withUid,
      (walked) => `${walked.orgId} ${walked.dashboard.uid?.trim()}`,
    )) {
      // One file seen by two providers is another rule's mistake.
      const [first, ...others] = group.filter(
        ({ dashboard }, index) =>
          group.findIndex((other) => other.dashboard.file === dashboard.file) === index,
      );
      for (const { dashboard } of others)
        report({
          message: `Duplicate dashboard uid "${uid.slice(uid.indexOf(' ') + 1)}": Grafana keeps one of the files at random and saves nothing more from their provider`,
          at: { file: dashboard.file, path: ['uid'] },
          related: first && [
            { at: { file: first.dashboard.file, path: ['uid'] }, message: 'has the same uid' },
          ],
          grafanaLog: 'msg="the same UID is used more than once"',
        });
    }
  },
};
