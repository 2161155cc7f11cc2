import type { ProvisionedDatasource } from '../../model/datasource.ts';
import { findDatasource } from '../../model/datasource-uid.ts';
import { nearestHint } from '../../model/nearest.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { writtenEntry } from '../written-entry.ts';

/** Correlations to a datasource that is not provisioned: Grafana stops at them. */
export function correlationFaults({
  datasources,
  datasourceFiles,
  datasourcesAreComplete,
}: Workspace): Fault[] {
  if (!datasourcesAreComplete) return [];
  return datasources.flatMap((datasource) =>
    targetsOf(datasource, { datasourceFiles }).flatMap(({ uid, index }): Fault[] => {
      const target = datasources.find(
        ({ effectiveUid, orgId }) => effectiveUid === uid && orgId === datasource.orgId,
      );
      if (target || uid.includes('$')) return [];
      const named = findDatasource(datasources, uid);
      const hint = named
        ? `, the uid of "${uid}" is "${named.effectiveUid}"`
        : nearestHint(
            uid,
            datasources.map(({ effectiveUid }) => effectiveUid),
          );
      return [
        {
          outcome: 'stops',
          severity: 'load',
          message: `Unknown datasource "${uid}" in a correlation of "${datasource.name}"${hint}: Grafana stops`,
          at: {
            file: datasource.at.file,
            path: [...(datasource.at.path ?? []), 'correlations', index, 'targetUID'],
          },
        },
      ];
    }),
  );
}

function targetsOf(
  datasource: ProvisionedDatasource,
  files: Pick<Workspace, 'datasourceFiles'>,
): { readonly uid: string; readonly index: number }[] {
  const { correlations } = writtenEntry(files, datasource);
  if (!Array.isArray(correlations)) return [];
  return correlations.flatMap((correlation: { targetUID?: unknown } | null, index) =>
    typeof correlation?.targetUID === 'string' && correlation.targetUID !== ''
      ? [{ uid: correlation.targetUID, index }]
      : [],
  );
}
