import type { Rule } from '../../model/rule.ts';
import { fileFault } from '../file-fault.ts';

/** Grafana refuses a dashboard file whose root has no title, or one that is not text. */
export const dashboardTitleMissing: Rule = {
  id: 'dashboard-title-missing',
  summary: 'A dashboard has no title, so Grafana does not load it',
  severity: 'load',
  fix: 'none',
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
        });
      }
  },
};

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : JSON.stringify(value);
}
