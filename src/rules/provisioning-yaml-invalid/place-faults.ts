import { normalise, placeOf } from '../../model/grafana-instance.ts';
import { isAtLeast } from '../../model/grafana-version.ts';
import { nearest } from '../../model/nearest.ts';
import type { SourceFile } from '../../model/source-file.ts';
import type { ProvisioningFile, Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { ALERTING_LISTS } from './alerting-key-faults.ts';
import { renamedProviders } from './renamed-providers.ts';

/** The folders of provisioning that are looked at. */
export type Section = 'datasources' | 'dashboards' | 'alerting';

/** The list that a file of a section is about. */
const LISTS = { datasources: 'datasources', dashboards: 'providers' } as const;

/** A file that says nothing to Grafana, since its list has another name or belongs to the other folder. */
export function listFaults(
  { datasourceFiles, providerFiles }: Workspace,
  { file, apiVersion }: ProvisioningFile,
  section: keyof typeof LISTS,
): Fault[] {
  const list = LISTS[section];
  const { value } = file;
  if (!isMapping(value) || typeof apiVersion !== 'number' || Object.hasOwn(value, list)) return [];
  const other = section === 'datasources' ? 'dashboards' : 'datasources';
  const ofOther = section === 'datasources' ? providerFiles : datasourceFiles;
  const misspelled = Object.keys(value).find((key) => nearest(key, [list]) !== undefined);
  if (misspelled !== undefined) {
    const at = { file: file.path, path: [misspelled] };
    return [
      {
        outcome: 'file-ignored',
        message: `Expected the key \`${list}\`, found \`${misspelled}\`: Grafana reads nothing of the file`,
        at: { ...at, key: true },
        fix: {
          title: `Rename the key to \`${list}\``,
          safety: 'safe',
          edits: [{ kind: 'rename', ...at, key: list }],
        },
      },
    ];
  }
  // One folder may be mounted for both.
  const isReadThere = ofOther.some((there) => there.file.path === file.path);
  return Array.isArray(value[LISTS[other]]) && !isReadThere
    ? [
        {
          outcome: 'file-ignored',
          message: `Expected \`${LISTS[other]}\` to be in the folder "${other}" of provisioning, found them in "${section}": Grafana reads nothing of the file`,
          at: { file: file.path, path: [LISTS[other]], key: true },
        },
      ]
    : [];
}

/** Files that are meant for a section and that Grafana does not read. */
export function placeFaults(workspace: Workspace, section: Section): Fault[] {
  const { grafana, files } = workspace;
  const place = placeOf(grafana, normalise(`${grafana.provisioningPath}/${section}`));
  if (place.kind !== 'tree' || (section === 'alerting' && !isAtLeast(grafana.version, '9.1'))) return [];
  const read = {
    datasources: workspace.datasourceFiles,
    dashboards: workspace.providerFiles,
    alerting: workspace.alerting.files,
  }[section];
  const byEnding = endingFaults(workspace, place.path, section);
  return [
    ...byEnding,
    ...folderFaults(workspace, place.path, section),
    ...(section === 'dashboards' && byEnding.length === 0 ? renamedProviders(workspace, place.path) : []),
    // Beside files that are read it may be kept apart on purpose.
    ...(read.length === 0 ? depthFaults(files, place.path, section) : []),
  ];
}

/** Grafana reads names that end in `.yaml` or `.yml`, in small letters. A `.bak` copy is none of its business. */
function endingFaults({ files }: Workspace, folder: string, section: Section): Fault[] {
  return files.list(folder).flatMap((name): Fault[] => {
    const path = folder === '' ? name : `${folder}/${name}`;
    const isUpper = /\.ya?ml$/i.test(name) && !/\.ya?ml$/.test(name);
    const isJson = section !== 'alerting' && name.endsWith('.json') && isFor(files.get(path), section);
    if (files.kind(path) !== 'file' || !(isUpper || isJson)) return [];
    const ending = name.slice(name.lastIndexOf('.'));
    const renamed = isUpper
      ? path.slice(0, -ending.length) + ending.toLowerCase()
      : `${path.slice(0, -ending.length)}.yaml`;
    return [
      {
        outcome: 'file-ignored',
        message: `Expected the file to end in ".yaml", found "${ending}": Grafana passes over it`,
        at: { file: path },
        ...(files.kind(renamed) === undefined && {
          fix: {
            title: 'Give the file the ending that Grafana reads',
            safety: 'safe',
            edits: [{ kind: 'text', file: path, renameTo: renamed }],
          },
        }),
      },
    ];
  });
}

/** Grafana takes what is so named for a file. */
function folderFaults({ grafana, files }: Workspace, folder: string, section: Section): Fault[] {
  return files.list(folder).flatMap((name): Fault[] => {
    const path = folder === '' ? name : `${folder}/${name}`;
    const isRead = /\.ya?ml$/.test(name) || (section === 'alerting' && name.endsWith('.json'));
    if (!isRead || files.kind(path) !== 'folder') return [];
    const target = normalise(`${grafana.provisioningPath}/${section}/${name}`);
    // What a mount puts in its place is another matter.
    if (grafana.mounts.some((mount) => mount.target === target)) return [];
    return [
      {
        outcome: 'stops',
        message: `Expected "${name}" to be a file, found a folder: Grafana stops`,
        at: { file: path },
        grafanaLog: `read ${target}: is a directory`,
      },
    ];
  });
}

/** Grafana does not look into folders below that of the section. */
function depthFaults(files: Workspace['files'], folder: string, section: Section): Fault[] {
  return files.list(folder).flatMap((name): Fault[] => {
    const inside = `${folder}/${name}`;
    const names = files.kind(inside) === 'folder' ? files.list(inside) : [];
    return names.flatMap((base): Fault[] => {
      const file = /\.ya?ml$/.test(base) ? files.get(`${inside}/${base}`) : undefined;
      if (!file || !isFor(file, section)) return [];
      return [
        {
          outcome: 'file-ignored',
          message: `Expected the file in "${folder}" itself, found it in "${name}": Grafana does not look into folders`,
          at: { file: file.path },
          suggestions: [`Move it to "${folder}/${base}".`],
        },
      ];
    });
  });
}

function isFor(file: SourceFile | undefined, section: Section): boolean {
  const value = file?.value;
  if (!isMapping(value) || value.apiVersion === undefined) return false;
  const lists = section === 'alerting' ? ALERTING_LISTS : [LISTS[section]];
  return lists.some((list) => Array.isArray(value[list]));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
