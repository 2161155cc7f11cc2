import type { Rule } from '../../model/rule.ts';
import { fileFault } from '../file-fault.ts';
import { unwrapJson } from '../unwrap-json.ts';

/** The answer or request of the HTTP API instead of the dashboard in it. */
export const dashboardWrapped: Rule = {
  id: 'dashboard-wrapped',
  summary: 'A dashboard is wrapped in the shape of the HTTP API, so Grafana finds no title',
  severity: 'load',
  fix: 'safe',
  related: ['dashboard-title-missing', 'dashboard-v2-in-file'],
  grafanaLogs: ['Dashboard title cannot be empty'],
  check(workspace, report) {
    for (const { provider, files } of workspace.walks)
      for (const walked of files) {
        const fault = fileFault(walked, provider, workspace.grafana.version);
        if (fault?.kind !== 'wrapped') continue;
        const { file } = walked;
        const text = unwrapJson(file, fault.key);
        report({
          severity: fault.loads ? 'data' : 'load',
          message: fault.loads
            ? `Expected the dashboard to be the root of the file, found it under \`${fault.key}\`: Grafana makes an empty dashboard of the outer title`
            : `Expected the dashboard to be the root of the file, found it under \`${fault.key}\``,
          at: { file: file.path, path: [fault.key], key: true },
          ...(!fault.loads && { grafanaLog: 'error="Dashboard title cannot be empty"' }),
          ...(text !== undefined && {
            fix: {
              title: `Keep only what is under \`${fault.key}\``,
              safety: 'safe',
              edits: [{ kind: 'text', file: file.path, text }],
            },
          }),
        });
      }
  },
};
