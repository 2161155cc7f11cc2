import { placeOf } from '../../model/grafana-instance.ts';
import { isAtLeast } from '../../model/grafana-version.ts';
import type { PropertyPath } from '../../model/source-file.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { moveSecretFix } from './fix.ts';

type Entry = Readonly<Record<string, unknown>>;

/** What single entries of datasource files have wrong, by their own keys. */
export function entryFaults(workspace: Workspace): Fault[] {
  return workspace.datasourceFiles.flatMap(({ file, apiVersion }) => {
    const { datasources } = (file.value ?? {}) as { datasources?: unknown };
    if (!Array.isArray(datasources)) return [];
    return datasources.flatMap((entry: unknown, index) => {
      if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
      const place: Place = (...path) => ({ file: file.path, path: ['datasources', index, ...path] });
      const json = entry as Entry;
      const isCurrent = typeof apiVersion === 'number' && apiVersion >= 1;
      return [
        ...nameFaults(json, place),
        ...(isCurrent ? missingFiles(workspace, json, place) : []),
        ...secretFaults(workspace, json, place),
        ...accessFaults(json, place),
        ...versionFaults(workspace, json, place),
      ];
    });
  });
}

type Place = (...path: PropertyPath) => Fault['at'];

function nameFaults({ name }: Entry, place: Place): Fault[] {
  if (name !== undefined && name !== null && name !== '') return [];
  return [
    {
      outcome: 'stops',
      message: 'Expected the datasource to have a name, found none: Grafana stops',
      at: place(),
      grafanaLog: 'unique identifier and org id are needed to be able to get or delete a datasource',
    },
  ];
}

/** `$__file{…}` of a file that is under no mount, or in a mounted folder of the tree that does not have it. */
function missingFiles({ grafana, files }: Workspace, entry: Entry, place: Place): Fault[] {
  return textsIn(entry).flatMap(([path, text]) =>
    [...text.matchAll(/\$__file\{([^}$]+)\}/g)].flatMap(([, name = '']): Fault[] => {
      if (!name.startsWith('/') || /^\/(?:run|var\/run|proc|sys|dev|tmp|etc\/(?:host|resolv))/.test(name))
        return [];
      const found = placeOf(grafana, name);
      const isMissing =
        found.kind === 'unmounted' || (found.kind === 'tree' && files.kind(found.path) === undefined);
      return isMissing
        ? [
            {
              outcome: 'stops',
              message: `Missing file "${name}" for \`$__file{…}\`: Grafana stops`,
              at: place(...path),
              grafanaLog: 'got error while expanding expander file',
            },
          ]
        : [];
    }),
  );
}

const SECRETS = ['password', 'basicAuthPassword'] as const;
const SECRET_IN_JSON =
  /^(?:password|basicAuthPassword|httpHeaderValue\d+|token|accessToken|secretKey|apiKey|privateKey|tlsClientKey)$/;

function secretFaults({ grafana }: Workspace, entry: Entry, place: Place): Fault[] {
  const misplaced: PropertyPath[] = [];
  // They were taken out of the top level with Grafana 9; some plugins kept reading them until 10.
  if (isAtLeast(grafana.version, '10.0'))
    for (const key of SECRETS) if (typeof entry[key] === 'string' && entry[key] !== '') misplaced.push([key]);
  const { jsonData } = entry;
  if (typeof jsonData === 'object' && jsonData !== null)
    for (const [key, value] of Object.entries(jsonData))
      if (SECRET_IN_JSON.test(key) && typeof value === 'string' && value !== '')
        misplaced.push(['jsonData', key]);
  return misplaced.map((path) => ({
    outcome: 'goes-on',
    severity: 'data',
    message: `Expected \`${path.at(-1)}\` to be under \`secureJsonData\`, found it ${path.length === 1 ? 'on the datasource itself' : 'under `jsonData`'}: it is not sent`,
    at: { ...place(...path), key: true },
    ...moveSecretFix(entry, place(), path),
  }));
}

function accessFaults({ access }: Entry, place: Place): Fault[] {
  if (typeof access !== 'string' || ['', 'proxy', 'direct'].includes(access) || access.includes('$'))
    return [];
  return [
    {
      outcome: 'goes-on',
      severity: 'drift',
      message: `Expected \`access\` to be "proxy", found "${access}": Grafana takes it for that`,
      at: place('access'),
      grafanaLog: "invalid access value, will use 'proxy' instead",
      fix: {
        title: 'Say access: proxy',
        safety: 'safe',
        edits: [{ kind: 'set', file: place().file, path: place('access').path ?? [], value: 'proxy' }],
      },
    },
  ];
}

/** Nothing is older than an entry of a database that ends with its container. */
function versionFaults({ grafana }: Workspace, { version }: Entry, place: Place): Fault[] {
  const mayPersist = grafana.persistsDatabase || grafana.environmentIsOpen;
  if (!version || !mayPersist) return [];
  return [
    {
      outcome: 'goes-on',
      severity: 'drift',
      message: 'Expected no `version`: while it stays the same, Grafana ignores every change of the entry',
      at: { ...place('version'), key: true },
      fix: {
        title: 'Take `version` out',
        safety: 'safe',
        edits: [{ kind: 'delete', file: place().file, path: place('version').path ?? [] }],
      },
    },
  ];
}

function textsIn(value: unknown, path: PropertyPath = []): [PropertyPath, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    textsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
