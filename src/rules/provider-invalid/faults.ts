import type { Edit } from '../../model/edit.ts';
import type { Fix } from '../../model/finding.ts';
import { isAtLeast } from '../../model/grafana-version.ts';
import type { DashboardProvider } from '../../model/provider.ts';
import { valueAt } from '../../model/value-at.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { MAX_UID_LENGTH } from '../file-fault.ts';
import { stableUid } from '../stable-uid.ts';
import { lookThere } from '../unwalked-folders.ts';

/** Providers that Grafana cannot start with. */
export function providerFaults(workspace: Workspace): Fault[] {
  return workspace.providers.flatMap((provider) => [
    ...typeFaults(provider),
    ...pathFaults(workspace, provider),
    ...intervalFaults(provider),
    ...organisationFaults(workspace, provider.orgId, keyOf(provider, 'orgId')),
    ...folderUidFaults(workspace, provider),
  ]);
}

/**
 * Only organisation 1 exists on an empty database; others are made by hand, which needs a database that stays.
 * Nothing is said where the tree does not show how Grafana is started.
 */
export function organisationFaults({ grafana }: Workspace, orgId: number, at: Fault['at']): Fault[] {
  if (orgId === 1 || grafana.persistsDatabase || grafana.at === undefined) return [];
  return [
    {
      outcome: 'stops',
      message: `Missing organisation ${orgId}: an empty database has only 1, and Grafana stops`,
      at,
      grafanaLog: `failed to get org by ID: ${orgId}`,
    },
  ];
}

function typeFaults(provider: DashboardProvider): Fault[] {
  const { type } = provider;
  if (type === 'file' || type.includes('$')) return [];
  return [
    {
      outcome: 'stops',
      message: `Expected \`type\` to be "file", found "${type}": Grafana stops`,
      at: keyOf(provider, 'type'),
      grafanaLog: `type ${type} is not supported`,
      fix: mend('Say the only type there is', 'safe', {
        kind: 'set',
        ...keyOf(provider, 'type'),
        value: 'file',
      }),
    },
  ];
}

function pathFaults(workspace: Workspace, provider: DashboardProvider): Fault[] {
  const { providerFiles } = workspace;
  if (provider.path !== undefined || provider.type !== 'file') return [];
  const { at } = provider;
  // A path of the wrong kind is named as that.
  const isNamed = providerFiles.some(({ shapeErrors }) =>
    shapeErrors.some(
      (error) => error.at.file === at.file && startsWith(error.at.path, [...(at.path ?? []), 'options']),
    ),
  );
  if (isNamed) return [];
  return [
    {
      outcome: 'stops',
      message: `Expected provider "${provider.name}" to have \`options.path\`, found none: Grafana stops`,
      at,
      grafanaLog: 'failed to load dashboards, path param is not a string',
      ...(strayPathFix(workspace, provider) ??
        lookThere(workspace, { file: at.file, path: [...(at.path ?? []), 'options', 'path'] })),
    },
  ];
}

/** A `path` beside `options` is meant to be in there. */
function strayPathFix({ files }: Workspace, { at }: DashboardProvider): Pick<Fault, 'fix'> | undefined {
  const path = at.path ?? [];
  const entry = valueAt(files.get(at.file)?.value, path);
  const stray = (entry as { path?: unknown } | undefined)?.path;
  if (typeof stray !== 'string') return undefined;
  return {
    fix: {
      title: 'Put the path into `options`, where Grafana looks for it',
      safety: 'safe',
      edits: [
        { kind: 'set', file: at.file, path: [...path, 'options', 'path'], value: stray },
        { kind: 'delete', file: at.file, path: [...path, 'path'] },
      ],
    },
  };
}

function intervalFaults(provider: DashboardProvider): Fault[] {
  const { updateIntervalSeconds } = provider;
  if (updateIntervalSeconds > 0) return [];
  return [
    {
      outcome: 'stops',
      message: `Expected \`updateIntervalSeconds\` to be 1 or more, found ${updateIntervalSeconds}: Grafana ends in a panic`,
      at: keyOf(provider, 'updateIntervalSeconds'),
      grafanaLog: 'non-positive interval for NewTicker',
      fix: mend('Look for changes every 30 seconds', 'safe', {
        kind: 'set',
        ...keyOf(provider, 'updateIntervalSeconds'),
        value: 30,
      }),
    },
  ];
}

function folderUidFaults({ grafana }: Workspace, provider: DashboardProvider): Fault[] {
  const { folderUid, folder } = provider;
  if (folderUid === undefined || folder === '' || folderUid.includes('$')) return [];
  if (provider.foldersFromFilesStructure) return [];
  const isLegal = /^[A-Za-z0-9_-]+$/.test(folderUid) && folderUid.length <= MAX_UID_LENGTH;
  const isReserved = folderUid === 'general';
  if (isLegal && !isReserved) return [];
  const isNewer = isAtLeast(grafana.version, '12.0');
  const end = isNewer ? "loads none of the provider's dashboards" : 'stops';
  return [
    {
      outcome: isNewer ? 'provider-fails' : 'stops',
      provider,
      message: isReserved
        ? `Reserved \`folderUid\` "general": Grafana ${end}`
        : `Illegal \`folderUid\` "${folderUid}", allowed are at most ${MAX_UID_LENGTH} letters, digits, - and _: Grafana ${end}`,
      at: keyOf(provider, 'folderUid'),
      grafanaLog: isReserved
        ? 'invalid uid for folder provided'
        : isNewer
          ? 'invalid resource name'
          : 'uid contains illegal characters',
      fix: isReserved
        ? mend('Leave the uid of the folder to Grafana', 'safe', {
            kind: 'delete',
            ...keyOf(provider, 'folderUid'),
          })
        : mend('Give the folder a legal uid made of the old one', 'unsafe', {
            kind: 'set',
            ...keyOf(provider, 'folderUid'),
            value: stableUid(folderUid),
          }),
    },
  ];
}

function mend(title: string, safety: Fix['safety'], edit: Edit): Fix {
  return { title, safety, edits: [edit] };
}

function keyOf({ at }: DashboardProvider, key: string) {
  return { file: at.file, path: [...(at.path ?? []), key] };
}

function startsWith(path: Fault['at']['path'], start: readonly (string | number)[]): boolean {
  return start.every((part, index) => path?.[index] === part);
}
