import type { Rule } from '../../model/rule.ts';
import { pinnedUidFix } from '../datasource-fixes.ts';
import { datasourcesToName } from '../datasource-uid-unknown/cause.ts';

/** A datasource without uid: it hangs on its name, and dashboards have to know what Grafana makes of that. */
export const datasourceUidMissing: Rule = {
  id: 'datasource-uid-missing',
  summary: 'A provisioned datasource has no uid, so it changes with its name',
  severity: 'drift',
  fix: 'safe',
  related: ['datasource-uid-unknown', 'datasource-uid-changed'],
  check(workspace, report) {
    const told = datasourcesToName(workspace);
    const current = new Set(
      workspace.datasourceFiles
        .filter(({ apiVersion }) => typeof apiVersion === 'number' && apiVersion >= 1)
        .map(({ file }) => file.path),
    );
    for (const datasource of workspace.datasources) {
      const { uid, name, effectiveUid, at } = datasource;
      // Without apiVersion a uid would not be read; one that dashboards miss is another rule's finding.
      if (uid !== undefined || !current.has(at.file) || name.includes('$') || told.has(datasource)) continue;
      const fix = pinnedUidFix(workspace, datasource);
      report({
        message: `Expected datasource "${name}" to have a uid, found none: Grafana makes "${effectiveUid}" of its name`,
        at,
        ...(fix && { fix }),
      });
    }
  },
};
