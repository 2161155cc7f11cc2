import { readDatasourceFile } from '../../load/datasources.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import type { Report } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { guardEdit, isGuarded } from '../datasource-fixes.ts';
import { wholeFile } from './whole-file.ts';

/**
 * Another name for an unchanged uid: Grafana finds no row of the new name, makes one, and the old one has the uid
 * already. It stops in all versions.
 */
export function reportRenamed(workspace: Workspace, datasource: ProvisionedDatasource, report: Report): void {
  const { name, uid, orgId, at } = datasource;
  const older = uid === undefined || uid.includes('$') ? undefined : olderName(workspace, datasource);
  if (!older || isGuarded(workspace, { name: older.name, orgId, at })) return;
  report({
    message: `Renamed datasource "${name}": the uid "${uid}" was that of "${older.name}" until ${older.date.slice(0, 10)}, and a database that still has it stops Grafana at every start; a \`deleteDatasources\` entry for the old name lets the uid go`,
    at: { file: at.file, path: [...(at.path ?? []), 'name'] },
    grafanaLog:
      'msg="Failed to provision data sources" error="Datasource provisioning error: data source with the same uid already exists"',
    fix: {
      title: `Let "${older.name}" be deleted, so that "${name}" can take its uid`,
      safety: 'safe',
      edits: [guardEdit(workspace, at.file, { name: older.name, orgId })],
    },
  });
}

/** The newest other name that the file gave to this uid, when no datasource has that name any more. */
function olderName(
  { files, grafana, datasources }: Workspace,
  { name, uid, orgId, at }: ProvisionedDatasource,
): (Pick<ProvisionedDatasource, 'name'> & { readonly date: string }) | undefined {
  let date = '';
  for (const older of files.history(at.file, wholeFile)) {
    const before = readDatasourceFile(older.fact, grafana).datasources.find(
      (datasource) => datasource.effectiveUid === uid && datasource.orgId === orgId,
    );
    const isStill =
      before && datasources.some((other) => other.name === before.name && other.orgId === orgId);
    if (before && before.name !== name && !isStill && !before.name.includes('$'))
      return { name: before.name, date: date || older.date };
    date = older.date;
  }
  return undefined;
}
