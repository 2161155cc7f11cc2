import type { Rule } from '../../model/rule.ts';
import { originalFirst, uidDuplicates } from '../duplicate-dashboards.ts';
import { baseName, stableUid } from '../stable-uid.ts';

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
    for (const { first, others } of uidDuplicates(workspace).map(originalFirst))
      for (const { dashboard, uid, uidPath } of others)
        report({
          message: `Duplicate dashboard uid "${uid}": Grafana keeps one of the files at random and saves nothing more from their provider`,
          at: { file: dashboard.file, path: uidPath },
          related: [{ at: { file: first.dashboard.file, path: first.uidPath }, message: 'has the same uid' }],
          grafanaLog: 'msg="the same UID is used more than once"',
          fix: {
            title: 'Give the later file a uid of its own',
            safety: 'unsafe',
            edits: [
              {
                kind: 'set',
                file: dashboard.file,
                path: uidPath,
                value: stableUid(baseName(dashboard.file), dashboard.file),
              },
            ],
          },
        });
  },
};
