import type { Rule } from '../../model/rule.ts';
import { pathFault, pathPlace } from '../path-faults.ts';
import { bindFix, lookThere, mountedUnwalkedFolders } from '../unwalked-folders.ts';

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
      const candidates = mountedUnwalkedFolders(workspace);
      const [only] = candidates;
      const bind = only === undefined ? bindFix(workspace, walk) : undefined;
      report({
        message: only
          ? `Expected "${path}" to be mounted, found dashboards at ${candidates.map((target) => `"${target}"`).join(', ')}`
          : `Expected "${path}" to be mounted, found nothing there`,
        at,
        related: workspace.grafana.at ? [{ at: workspace.grafana.at, message: 'has the mounts' }] : [],
        ...(fault.fails && {
          grafanaLog: `msg="Cannot read directory" error="stat ${path}: no such file or directory"`,
        }),
        ...(bind ? { fix: bind } : lookThere(workspace, at)),
      });
    }
  },
};
