import type { Rule } from '../../model/rule.ts';

/** Longest uid that Grafana takes. */
const MAX_LENGTH = 40;

/** Grafana refuses a dashboard whose uid is longer than 40 characters or has others than `[A-Za-z0-9_-]`. */
export const dashboardUidInvalid: Rule = {
  id: 'dashboard-uid-invalid',
  summary: 'A dashboard uid is too long or has characters that Grafana refuses',
  severity: 'load',
  fix: 'unsafe',
  related: ['dashboard-uid-missing'],
  grafanaLogs: ['uid too long, max 40 characters', 'uid contains illegal characters'],
  check(workspace, report) {
    for (const { uid, file } of workspace.dashboards) {
      // Grafana trims it first.
      const trimmed = uid?.trim() ?? '';
      const at = { file, path: ['uid'] };
      const illegal = /[^A-Za-z0-9_-]/u.exec(trimmed)?.[0];
      if (illegal !== undefined)
        report({
          message: `Illegal character ${JSON.stringify(illegal)} in the dashboard uid "${trimmed}", allowed are letters, digits, - and _`,
          at,
          grafanaLog: 'error="uid contains illegal characters"',
        });
      else if (trimmed.length > MAX_LENGTH)
        report({
          message: `Too long a dashboard uid: ${trimmed.length} characters, at most ${MAX_LENGTH} are allowed`,
          at,
          grafanaLog: 'error="uid too long, max 40 characters"',
        });
    }
  },
};
