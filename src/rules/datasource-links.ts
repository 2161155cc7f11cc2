import type { ProvisionedDatasource } from '../model/datasource.ts';
import type { Location, PropertyPath } from '../model/source-file.ts';

/** A datasource's own reference to another, for links between traces, logs and metrics. */
export interface DatasourceLink {
  readonly uid: string;
  /** What it is for, such as `tracesToLogsV2`. */
  readonly feature: string;
  readonly at: Location;
}

/** The links in a datasource's `jsonData`; one that is empty or holds a variable is none. */
export function linksOf({ jsonData, at }: ProvisionedDatasource): DatasourceLink[] {
  return uidsIn(jsonData, []).map(({ uid, path }) => ({
    uid,
    feature: String(path[0] ?? ''),
    at: { file: at.file, path: [...(at.path ?? []), 'jsonData', ...path] },
  }));
}

/** The plugin that a link leads to, where its feature tells. */
export function linkedType(feature: string): string | undefined {
  return Object.entries(TYPES).find(([start]) => feature.startsWith(start))?.[1];
}

const TYPES = {
  tracesToLogs: 'loki',
  tracesToMetrics: 'prometheus',
  serviceMap: 'prometheus',
  lokiSearch: 'loki',
  derivedFields: 'tempo',
  exemplarTraceIdDestinations: 'tempo',
  alertmanagerUid: 'alertmanager',
} as const satisfies Readonly<Record<string, string>>;

function uidsIn(value: unknown, path: PropertyPath): { uid: string; path: PropertyPath }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = [...path, Array.isArray(value) ? Number(key) : key];
    if (key !== 'datasourceUid' && key !== 'alertmanagerUid') return uidsIn(item, inner);
    return typeof item === 'string' && item !== '' && !item.includes('$') ? [{ uid: item, path: inner }] : [];
  });
}
