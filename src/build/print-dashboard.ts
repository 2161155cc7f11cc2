type Json = { readonly [key: string]: unknown };

/** Keys in the order people look for them; all others follow by name. */
const ORDER = [
  ['uid', 'title', 'description', 'tags', 'timezone', 'editable', 'graphTooltip', 'schemaVersion'],
  ['time', 'refresh', 'templating', 'annotations', 'links'],
  ['id', 'type', 'refId', 'name', 'label', 'datasource', 'gridPos', 'collapsed', 'expr', 'legendFormat'],
].flat();
/** A panel's long parts come last, its queries before its looks. */
const LAST = ['targets', 'options', 'fieldConfig', 'panels'];

/**
 * The text of a generated file: two spaces, keys in one order whatever order a definition called the builders in,
 * a final newline. The same value gives the same bytes on every machine.
 */
export function printDashboard(json: Json): string {
  return `${JSON.stringify(ordered(json), undefined, 2)}\n`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Json).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

function rank(key: string): number {
  const first = ORDER.indexOf(key);
  if (first >= 0) return first;
  const last = LAST.indexOf(key);
  return last < 0 ? ORDER.length : ORDER.length + 1 + last;
}
