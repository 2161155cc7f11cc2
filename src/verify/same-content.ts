import { asRecord } from '../load/record.ts';

/** What Grafana decides itself. */
const OWN_KEYS = new Set(['id', 'version']);

/**
 * What Grafana's migrations from schemaVersion 28 on rewrite (apps/dashboard/pkg/migration/schemaversion in its source).
 * A migrated dashboard also lacks what has its default value.
 */
const MIGRATED_KEYS = new Set([
  'annotations',
  'datasource',
  'fieldConfig',
  'options',
  'refresh',
  'schemaVersion',
  'templating',
  'timepicker',
  'transformations',
]);

/**
 * Where a dashboard in Grafana differs from its file, as paths such as `panels.2.title`. The root's `id` and `version`,
 * and keys that only Grafana has, do not count; nor does, where Grafana migrated it, what a migration changes.
 */
export function differences(file: Readonly<Record<string, unknown>>, live: unknown): readonly string[] {
  const own = Object.fromEntries(Object.entries(file).filter(([key]) => !OWN_KEYS.has(key)));
  const found: string[] = [];
  compare(own, live, '', { isMigrated: migratedTo(file, live) !== undefined, found });
  return found;
}

/**
 * The schemaVersion that Grafana migrated a dashboard to: 12.0 does when it reads the file, other versions show the
 * file's content. Undefined when it did not.
 */
export function migratedTo(file: Readonly<Record<string, unknown>>, live: unknown): number | undefined {
  const version = asRecord(live)?.schemaVersion;
  return typeof version === 'number' && version > Number(file.schemaVersion ?? 0) ? version : undefined;
}

interface Comparison {
  readonly isMigrated: boolean;
  readonly found: string[];
}

function compare(file: unknown, live: unknown, path: string, comparison: Comparison): void {
  const { isMigrated, found } = comparison;
  if (isMigrated && live === undefined) return;
  if (Array.isArray(file)) {
    if (!Array.isArray(live) || live.length !== file.length) found.push(path);
    else
      for (const [index, item] of file.entries()) compare(item, live[index], join(path, index), comparison);
    return;
  }
  const record = asRecord(file);
  if (!record) {
    // A null that is left out on the way means the same.
    if ((file ?? undefined) !== (live ?? undefined)) found.push(path);
    return;
  }
  const other = asRecord(live);
  if (!other) {
    found.push(path);
    return;
  }
  for (const [key, value] of Object.entries(record))
    if (!isMigrated || !MIGRATED_KEYS.has(key)) compare(value, other[key], join(path, key), comparison);
}

function join(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}.${key}`;
}
