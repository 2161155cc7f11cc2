import { asRecord } from '../load/record.ts';

/** What Grafana decides itself. */
const OWN_KEYS = new Set(['id', 'version']);

/**
 * Where a dashboard in Grafana differs from its file, as paths such as `panels.2.title`. The root's `id` and `version`,
 * and keys that only Grafana has, do not count.
 */
export function differences(file: Readonly<Record<string, unknown>>, live: unknown): readonly string[] {
  const own = Object.fromEntries(Object.entries(file).filter(([key]) => !OWN_KEYS.has(key)));
  const found: string[] = [];
  compare(own, live, '', found);
  return found;
}

function compare(file: unknown, live: unknown, path: string, found: string[]): void {
  if (Array.isArray(file)) {
    if (!Array.isArray(live) || live.length !== file.length) found.push(path);
    else for (const [index, item] of file.entries()) compare(item, live[index], join(path, index), found);
    return;
  }
  const record = asRecord(file);
  if (!record) {
    // A null that is left out on the way means the same.
    if ((file ?? undefined) !== (live ?? undefined)) found.push(path);
    return;
  }
  const other = asRecord(live);
  if (!other) found.push(path);
  else for (const [key, value] of Object.entries(record)) compare(value, other[key], join(path, key), found);
}

function join(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}.${key}`;
}
