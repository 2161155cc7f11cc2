import type { Fix } from '../../model/finding.ts';
import type { Rule } from '../../model/rule.ts';
import { fileFault } from '../file-fault.ts';
import { baseName } from '../stable-uid.ts';

/** Grafana refuses a dashboard file whose root has no title, or one that is not text. */
export const dashboardTitleMissing: Rule = {
  id: 'dashboard-title-missing',
  summary: 'A dashboard has no title, so Grafana does not load it',
  severity: 'load',
  fix: 'unsafe',
  related: ['dashboard-wrapped'],
  grafanaLogs: ['Dashboard title cannot be empty'],
  check(workspace, report) {
    for (const { provider, files } of workspace.walks)
      for (const walked of files) {
        if (fileFault(walked, provider, workspace.grafana.version)?.kind !== 'no-title') continue;
        const { file, dashboard } = walked;
        const title = dashboard?.json.title;
        const found = title === undefined ? 'none' : JSON.stringify(title);
        report({
          message: dashboard
            ? `Expected the dashboard to have a title, found ${found}`
            : `Expected the file to hold a dashboard object, found ${kindOf(file.value)}`,
          at: { file: file.path, path: title === undefined ? [] : ['title'] },
          grafanaLog: 'error="Dashboard title cannot be empty"',
          ...(dashboard && dashboard.panels.length + dashboard.rows.length > 0 && { fix: fixOf(file.path) }),
        });
      }
  },
};

/** A file without panels may be no dashboard at all. */
function fixOf(file: string): Fix {
  const words = baseName(file)
    .replace(/[-_\s]+/g, ' ')
    .trim();
  const value = words.charAt(0).toUpperCase() + words.slice(1) || 'Dashboard';
  return {
    title: 'Name the dashboard after its file',
    safety: 'unsafe',
    edits: [{ kind: 'set', file, path: ['title'], value, after: 'uid' }],
  };
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : JSON.stringify(value);
}
