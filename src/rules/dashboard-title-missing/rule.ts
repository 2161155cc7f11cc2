import type { Rule } from '../../model/rule.ts';

/** Grafana refuses a dashboard file whose root has no title, or one that is not text. */
export const dashboardTitleMissing: Rule = {
  id: 'dashboard-title-missing',
  summary: 'A dashboard has no title, so Grafana does not load it',
  severity: 'load',
  fix: 'none',
  related: ['dashboard-wrapped'],
  grafanaLogs: ['Dashboard title cannot be empty'],
  check(workspace, report) {
    for (const { dashboard } of workspace.walks.flatMap((walk) => walk.files)) {
      if (dashboard?.title.trim() !== '' || isWrapped(dashboard.json)) continue;
      const { title } = dashboard.json;
      const found = title === undefined ? 'none' : JSON.stringify(title);
      report({
        message: `Expected the dashboard to have a title, found ${found}`,
        at: { file: dashboard.file, path: title === undefined ? [] : ['title'] },
        grafanaLog: 'error="Dashboard title cannot be empty"',
      });
    }
  },
};

/** The title is there, one level down: another rule's mistake. */
function isWrapped(json: Readonly<Record<string, unknown>>): boolean {
  return [json.dashboard, json.spec].some((inner) => typeof inner === 'object' && inner !== null);
}
