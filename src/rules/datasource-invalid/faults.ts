import type { ProvisionedDatasource } from '../../model/datasource.ts';
import { isAtLeast } from '../../model/grafana-version.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { MAX_UID_LENGTH } from '../file-fault.ts';
import { organisationFaults } from '../provider-invalid/faults.ts';
import { groupBy } from '../walked-dashboards.ts';
import { entryFaults } from './entry-faults.ts';
import { legalUidFix } from './fix.ts';

/** Datasources that Grafana cannot start with, or takes otherwise than they are written. */
export function datasourceFaults(workspace: Workspace): Fault[] {
  const { datasources } = workspace;
  return [
    ...defaultFaults(datasources),
    ...entryFaults(workspace),
    ...datasources.flatMap((datasource) => [
      ...uidFaults(workspace, datasource),
      ...organisationFaults(workspace, datasource.orgId, keyOf(datasource, 'orgId')),
    ]),
    ...sameName(workspace),
    ...sameUid(datasources),
  ];
}

function defaultFaults(datasources: readonly ProvisionedDatasource[]): Fault[] {
  const defaults = datasources.filter(({ isDefault }) => isDefault);
  return [...groupBy(defaults, ({ orgId }) => String(orgId)).values()].flatMap(([first, ...others]) =>
    others.flatMap((datasource): Fault[] =>
      first
        ? [
            {
              outcome: 'stops',
              message: `Second default datasource "${datasource.name}" beside "${first.name}": Grafana stops`,
              at: keyOf(datasource, 'isDefault'),
              related: [{ at: keyOf(first, 'isDefault'), message: 'is the default already' }],
              grafanaLog:
                'datasource.yaml config is invalid. Only one datasource per organization can be marked as default',
              suggestions: [first, datasource].map(({ name, at }) =>
                first.name === datasource.name
                  ? `Take \`isDefault\` from "${name}" in ${at.file}.`
                  : `Take \`isDefault\` from "${name}".`,
              ),
            },
          ]
        : [],
    ),
  );
}

function uidFaults(workspace: Workspace, datasource: ProvisionedDatasource): Fault[] {
  const { uid } = datasource;
  if (uid === undefined || uid.includes('$')) return [];
  const isTooLong = uid.length > MAX_UID_LENGTH;
  if (!isTooLong && /^[A-Za-z0-9_-]+$/.test(uid)) return [];
  const isRefused = isAtLeast(workspace.grafana.version, '12.0');
  const end = isRefused ? 'Grafana stops' : 'Grafana 12 and later stop at it';
  return [
    {
      outcome: isRefused ? 'stops' : 'goes-on',
      severity: isRefused ? 'load' : 'drift',
      message: isTooLong
        ? `Too long a datasource uid: ${uid.length} characters, at most ${MAX_UID_LENGTH} are allowed; ${end}`
        : `Illegal datasource uid "${uid}", allowed are letters, digits, - and _; ${end}`,
      at: keyOf(datasource, 'uid'),
      grafanaLog: `invalid UID for datasource ${datasource.name}`,
      fix: legalUidFix(workspace, datasource, uid),
    },
  ];
}

/** Grafana 12 looks a row of that name up by the second uid, finds none and stops; without a second uid the last wins. */
function sameName({ datasources, grafana }: Workspace): Fault[] {
  return [...groupBy(datasources, ({ orgId, name }) => `${orgId} ${name}`).values()].flatMap((group) =>
    group.slice(1).flatMap((datasource, index): Fault[] => {
      const first = group[index];
      if (!first) return [];
      const uids = new Set(group.slice(0, index + 1).flatMap(({ uid }) => uid ?? []));
      const clashes = datasource.uid !== undefined && uids.size > 0 && !uids.has(datasource.uid);
      const stops = clashes && isAtLeast(grafana.version, '12.0');
      return [
        {
          outcome: stops ? 'stops' : 'goes-on',
          severity: stops ? 'load' : 'data',
          message: stops
            ? `Second uid "${datasource.uid}" for the datasource "${datasource.name}": Grafana stops`
            : `Second datasource named "${datasource.name}": Grafana keeps only the last one`,
          at: keyOf(datasource, stops ? 'uid' : 'name'),
          related: [{ at: keyOf(first, stops ? 'uid' : 'name'), message: 'has the same name' }],
          suggestions: ['Take one of the two entries out.', 'Give each datasource a name of its own.'],
          ...(stops && { grafanaLog: 'Datasource provisioning error: data source not found' }),
        },
      ];
    }),
  );
}

function sameUid(datasources: readonly ProvisionedDatasource[]): Fault[] {
  const known = datasources.filter(({ effectiveUid }) => !effectiveUid.includes('$'));
  const groups = groupBy(known, ({ orgId, effectiveUid }) => `${orgId} ${effectiveUid}`);
  return [...groups.values()].flatMap(([first, ...others]) =>
    others.flatMap((datasource): Fault[] =>
      !first || first.name === datasource.name
        ? []
        : [
            {
              outcome: 'stops',
              message: `Duplicate datasource uid "${datasource.effectiveUid}" of "${first.name}" and "${datasource.name}": Grafana stops`,
              at: keyOf(datasource, 'uid'),
              related: [{ at: keyOf(first, 'uid'), message: 'has the same uid' }],
              suggestions: [first, datasource].map(({ name }) => `Give "${name}" a uid of its own.`),
              grafanaLog: 'data source with the same uid already exists',
            },
          ],
    ),
  );
}

function keyOf({ at }: ProvisionedDatasource, key: string) {
  return { file: at.file, path: [...(at.path ?? []), key] };
}
