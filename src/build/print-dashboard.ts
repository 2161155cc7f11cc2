type Json = { readonly [key: string]: unknown };

/** Keys of the dashboard itself that come first, in the order people look for them; all others follow by name. */
const DASHBOARD_FIRST = [
  'uid',
  'title',
  'description',
  'tags',
  'timezone',
  'editable',
  'graphTooltip',
  'schemaVersion',
];
const DASHBOARD_NEXT = ['time', 'refresh', 'templating', 'annotations', 'links'];

/** The same for panels, queries, variables and all else inside. */
const INNER_FIRST = [
  'id',
  'type',
  'title',
  'description',
  'refId',
  'name',
  'label',
  'datasource',
  'expr',
  'gridPos',
];
/** A panel's long parts come last, its queries before its looks. */
const INNER_LAST = ['targets', 'options', 'fieldConfig', 'panels'];

/**
 * The text of a generated file: two spaces, keys in one order whatever order a definition called the builders in,
 * a final newline. The same value gives the same bytes on every machine.
 */
export function printDashboard(json: Json): string {
  return `${JSON.stringify(ordered(json, [...DASHBOARD_FIRST, ...DASHBOARD_NEXT]), undefined, 2)}\n`;
}

function ordered(value: unknown, first: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, first));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Json).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => rank(a, first) - rank(b, first) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner, INNER_FIRST)]));
}

function rank(key: string, first: readonly string[]): number {
  const early = first.indexOf(key);
  if (early >= 0) return early;
  const late = INNER_LAST.indexOf(key);
  return late < 0 ? first.length : first.length + 1 + late;
}
