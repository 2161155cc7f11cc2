import type { Rule } from '../../model/rule.ts';
import { mountsWithDashboards, pathFault, pathPlace } from '../path-faults.ts';

/** A provider looks where nothing is mounted. */
export const providerPathNotMounted: Rule = {
  id: 'provider-path-not-mounted',
  summary: 'A provider looks at a path under which nothing is mounted',
  severity: 'load',
  fix: 'safe',
  related: ['provider-path-missing', 'provider-path-empty', 'mount-source-missing'],
  grafanaLogs: ['Cannot read directory', 'Failed to provision config', 'failed to search for dashboards'],
  check(workspace, report) {
    for (const walk of workspace.walks) {
      const fault = pathFault(workspace, walk);
      if (fault?.kind !== 'not-mounted') continue;
      const { path = '' } = walk.provider;
      const at = pathPlace(walk);
      const candidates = mountsWithDashboards(workspace);
      const [only] = candidates;
      report({
        message: only
          ? `Expected "${path}" to be mounted, found dashboards at ${candidates.map((target) => `"${target}"`).join(', ')}`
          : `Expected "${path}" to be mounted, found nothing there`,
        at,
        related: workspace.grafana.at ? [{ at: workspace.grafana.at, message: 'has the mounts' }] : [],
        ...(fault.fails && {
          grafanaLog: `msg="Cannot read directory" error="stat ${path}: no such file or directory"`,
        }),
        ...(only !== undefined && candidates.length === 1
          ? {
              fix: {
                title: 'Let the provider look where the dashboards are mounted',
                safety: 'safe',
                edits: [{ kind: 'set', file: at.file, path: at.path ?? [], value: only }],
                // biome-ignore lint/suspicious/noThenProperty: the model's word for what follows
                then: 'restart-grafana',
              },
            }
          : {
              suggestions: candidates.map((target) => `Set \`options.path\` to "${target}".`),
            }),
      });
    }
  },
};
