import { isAtLeast } from '../../model/grafana-version.ts';
import type { DashboardProvider } from '../../model/provider.ts';
import type { ProviderWalk, Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { fileFault } from '../file-fault.ts';
import { slugOf } from '../landing-folder.ts';
import { groupBy, walkedDashboards } from '../walked-dashboards.ts';

/** Folders that Grafana refuses, ignores or mixes up. */
export function folderFaults(workspace: Workspace): Fault[] {
  return [
    ...workspace.walks.flatMap((walk) => walkFaults(workspace, walk)),
    ...sharedUids(workspace),
    ...sharedSlugs(workspace),
    ...titlesOfDashboards(workspace),
  ];
}

function walkFaults(workspace: Workspace, walk: ProviderWalk): Fault[] {
  const { provider } = walk;
  const { folder, folderUid } = provider;
  const isNewer = isAtLeast(workspace.grafana.version, '12.0');
  const general = {
    outcome: isNewer ? 'provider-fails' : 'stops',
    provider,
    grafanaLog: 'A folder with that name already exists',
  } as const;
  const end = isNewer ? "loads none of the provider's dashboards" : 'stops';
  if (!provider.foldersFromFilesStructure)
    return isGeneral(folder)
      ? [
          {
            ...general,
            message: `Expected \`folder\` to be empty for the General folder, found "${folder}": Grafana ${end}`,
            at: keyOf(provider, 'folder'),
            fix: {
              title: 'Leave the name of the General folder empty',
              safety: 'safe',
              edits: [{ kind: 'set', ...keyOf(provider, 'folder'), value: '' }],
            },
          },
        ]
      : [];
  if (folder !== '' && folderUid !== undefined)
    return [
      {
        outcome: 'stops',
        message:
          'Conflicting `folder` and `folderUid` beside `foldersFromFilesStructure`: Grafana stops, since the files decide the folders',
        at: keyOf(provider, 'folder'),
        grafanaLog: "'folder' and 'folderUID' should be empty using 'foldersFromFilesStructure' option",
        fix: {
          title: 'Let the directories of the files decide the folders, and take `folder` and `folderUid` out',
          safety: 'unsafe',
          edits: [
            { kind: 'delete', ...keyOf(provider, 'folder') },
            { kind: 'delete', ...keyOf(provider, 'folderUid') },
          ],
        },
      },
    ];
  const asGeneral = walk.files.find((file) => isGeneral(file.folder));
  const dirs: Fault[] = asGeneral
    ? [
        {
          ...general,
          message: `Illegal directory name "${asGeneral.folder}" with \`foldersFromFilesStructure\`: the General folder exists already, and Grafana ${end}`,
          at: { file: asGeneral.file.path },
          related: [{ at: provider.at, message: 'this provider makes folders of directories' }],
        },
      ]
    : sharedDirectories(workspace, walk);
  return [...ignoredFolder(walk), ...dirs];
}

function ignoredFolder({ provider, files }: ProviderWalk): Fault[] {
  const { folder, folderUid } = provider;
  const named = folder === '' ? undefined : 'folder';
  const key = folderUid === undefined ? named : 'folderUid';
  if (key === undefined) return [];
  const at = keyOf(provider, key);
  const fault: Fault = {
    outcome: 'goes-on',
    severity: 'drift',
    message: `Ineffective \`${key}\`: with \`foldersFromFilesStructure\` the directories of the files decide the folders`,
    at,
  };
  if (key !== 'folder') return [fault];
  // Without directories the folder may well be what was meant.
  if (files.every((file) => file.folder === ''))
    return [
      {
        ...fault,
        suggestions: [
          `Take \`foldersFromFilesStructure\` out: the dashboards move to "${folder}".`,
          'Take `folder` out: the dashboards stay in General.',
        ],
      },
    ];
  const title = 'Take `folder` out, since the directories of the files decide the folders';
  return [{ ...fault, fix: { title, safety: 'safe', edits: [{ kind: 'delete', ...at }] } }];
}

/** Before nested folders only the last directory names the folder: `a/b` and `c/b` are one. */
function sharedDirectories({ grafana }: Workspace, walk: ProviderWalk): Fault[] {
  if (isAtLeast(grafana.version, '13.0')) return [];
  const faults: Fault[] = [];
  for (const [title, files] of groupBy(walk.files, ({ folder }) => folder)) {
    const [first, other] = [...groupBy(files, ({ file }) => folderOf(file.path)).values()].map(
      ([one]) => one,
    );
    if (title === '' || !first || !other) continue;
    faults.push({
      outcome: 'goes-on',
      severity: 'drift',
      message: `Shared folder "${title}": the files of ${folderOf(first.file.path)} and ${folderOf(other.file.path)} end up in one, which only the last directory names`,
      at: { file: other.file.path },
      related: [{ at: { file: first.file.path }, message: 'ends up in the same folder' }],
    });
  }
  return faults;
}

function sharedUids({ walks }: Workspace): Fault[] {
  const withUid = walks
    .map(({ provider }) => provider)
    .filter(
      ({ folder, folderUid, foldersFromFilesStructure }) => folderUid && folder && !foldersFromFilesStructure,
    );
  const groups = groupBy(withUid, ({ orgId, folderUid }) => `${orgId} ${folderUid}`).values();
  return [...groups].flatMap(([first, ...others]) =>
    others.flatMap((provider): Fault[] =>
      !first || provider.folder === first.folder
        ? []
        : [
            {
              outcome: 'goes-on',
              severity: 'drift',
              message: `Shared folder uid "${provider.folderUid}" for two folders: dashboards of "${provider.folder}" end up in "${first.folder}"`,
              at: keyOf(provider, 'folderUid'),
              related: [{ at: keyOf(first, 'folderUid'), message: 'has the same uid' }],
              grafanaLog: 'msg="the same folder UID is used more than once"',
            },
          ],
    ),
  );
}

/** Up to Grafana 11 a folder is found by the form its title has in addresses. */
function sharedSlugs({ walks, grafana }: Workspace): Fault[] {
  if (isAtLeast(grafana.version, '12.0')) return [];
  const named = walks
    .map(({ provider }) => provider)
    .filter(
      ({ folder, folderUid, foldersFromFilesStructure }) =>
        folder && !folderUid && !foldersFromFilesStructure,
    );
  const groups = groupBy(named, ({ orgId, folder }) => `${orgId} ${slugOf(folder) || folder}`).values();
  return [...groups].flatMap(([first, ...others]) =>
    others.flatMap((provider): Fault[] =>
      !first || provider.folder === first.folder
        ? []
        : [
            {
              outcome: 'goes-on',
              severity: 'drift',
              message: `Similar folders "${provider.folder}" and "${first.folder}": this Grafana takes them for one, "${first.folder}"`,
              at: keyOf(provider, 'folder'),
              related: [{ at: keyOf(first, 'folder'), message: 'has the same name in addresses' }],
            },
          ],
    ),
  );
}

/** Up to Grafana 10 folders and dashboards share their names. */
function titlesOfDashboards(workspace: Workspace): Fault[] {
  const { walks, grafana } = workspace;
  if (isAtLeast(grafana.version, '11.0')) return [];
  const faults: Fault[] = walks.flatMap(({ provider, files }) =>
    files
      .filter((walked) => fileFault(walked, provider, grafana.version)?.kind === 'title-is-folder')
      .map(({ file, folder }) => ({
        outcome: 'goes-on',
        message: `Conflicting title "${folder}": a dashboard cannot be named as its folder`,
        at: { file: file.path, path: ['title'] },
        related: [{ at: provider.at, message: 'names the folder' }],
        grafanaLog: 'error="Dashboard name cannot be the same as folder"',
      })),
  );
  const dashboards = walkedDashboards(workspace).filter(({ folder }) => folder === '');
  for (const [index, { provider }] of walks.entries()) {
    const earlier = dashboards.find(
      ({ title, provider: other }) =>
        title === provider.folder && walks.slice(0, index).some((walk) => walk.provider === other),
    );
    if (earlier && !provider.foldersFromFilesStructure)
      faults.push({
        outcome: 'stops',
        message: `Conflicting folder "${provider.folder}": a dashboard in General has that title, and Grafana stops`,
        at: keyOf(provider, 'folder'),
        related: [{ at: { file: earlier.dashboard.file, path: ['title'] }, message: 'has the same title' }],
        grafanaLog: 'got invalid response. expected folder, found dashboard',
      });
  }
  return faults;
}

function isGeneral(folder: string): boolean {
  return folder.toLowerCase() === 'general';
}

function keyOf({ at }: DashboardProvider, key: string) {
  return { file: at.file, path: [...(at.path ?? []), key] };
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0)) || '.';
}
