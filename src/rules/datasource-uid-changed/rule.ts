import { readDatasourceFile } from '../../load/datasources.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import { isAtLeast } from '../../model/grafana-version.ts';
import type { Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { isGuarded, uidGuard } from '../datasource-fixes.ts';
import { reportRenamed } from './renamed.ts';
import { wholeFile } from './whole-file.ts';

/** The uid of a datasource changed, or its name, while its row with the old one is still in the database. */
export const datasourceUidChanged: Rule = {
  id: 'datasource-uid-changed',
  summary: 'The uid or the name of a datasource changed while the database still has the old one',
  severity: 'load',
  fix: 'safe',
  related: ['datasource-uid-missing', 'datasource-uid-unknown'],
  grafanaLogs: [
    'Datasource provisioning error: data source not found',
    'data source with the same uid already exists',
    'Failed to provision data sources',
  ],
  check(workspace, report) {
    const { grafana } = workspace;
    if (!grafana.persistsDatabase) return;
    const stops = isAtLeast(grafana.version, '12.0');
    for (const datasource of workspace.datasources) {
      reportRenamed(workspace, datasource, report);
      if (datasource.uid === undefined || datasource.uid.includes('$') || isGuarded(workspace, datasource))
        continue;
      const older = olderUid(workspace, datasource);
      if (!older) continue;
      const { name, uid, at } = datasource;
      const edits = uidGuard(workspace, datasource);
      report({
        severity: stops ? 'load' : 'drift',
        message: stops
          ? `Changed uid of datasource "${name}": it was "${older.uid}" until ${older.date.slice(0, 10)}, and a database that still has it stops Grafana at every start; "${uid}" needs a \`deleteDatasources\` entry for the name`
          : `Changed uid of datasource "${name}": it was "${older.uid}" until ${older.date.slice(0, 10)}, and dashboards in the database still refer to that`,
        at: { file: at.file, path: [...(at.path ?? []), 'uid'] },
        ...(stops && {
          grafanaLog:
            'msg="Failed to provision data sources" error="Datasource provisioning error: data source not found"',
        }),
        ...(stops &&
          edits.length > 0 && {
            fix: {
              title: `Let "${name}" be deleted and made again at each start`,
              safety: 'safe',
              edits,
            },
          }),
      });
    }
  },
};

/** The newest other uid that the file gave to this name. */
function olderUid(
  { files, grafana }: Workspace,
  { name, orgId, effectiveUid, at }: ProvisionedDatasource,
): { readonly uid: string; readonly date: string } | undefined {
  let date = '';
  for (const older of files.history(at.file, wholeFile)) {
    const before = readDatasourceFile(older.fact, grafana).datasources.find(
      (datasource) => datasource.name === name && datasource.orgId === orgId,
    );
    if (before && before.effectiveUid !== effectiveUid && !before.effectiveUid.includes('$'))
      return { uid: before.effectiveUid, date: date || older.date };
    date = older.date;
  }
  return undefined;
}
