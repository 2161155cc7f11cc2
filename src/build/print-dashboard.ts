import { definedUid } from '../model/datasource-uid.ts';

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
 * a final newline. The same value gives the same bytes on every machine. A datasource handle becomes a reference.
 */
export function printDashboard(json: Json): string {
  return `${JSON.stringify(ordered(json, FIRST), undefined, 2)}\n`;
}

const FIRST = [...DASHBOARD_FIRST, ...DASHBOARD_NEXT];

function ordered(value: unknown, first: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => ordered(item, first));
  const object = value as Json;
  // The handle of a definition has a name and methods too; a reference is type and uid, nothing else.
  if (typeof object.uid === 'string' && object.uid.startsWith(DEFINED)) return reference(object);
  const entries: [string, unknown][] = [];
  for (const key of orderOf(Object.keys(object), first))
    if (object[key] !== undefined) entries.push([key, ordered(object[key], INNER_FIRST)]);
  // Unlike an assignment this makes a property of every key, `__proto__` too.
  return Object.fromEntries(entries);
}

const DEFINED = definedUid('');

function reference({ type, uid }: Json): Json {
  return type === undefined ? { uid } : { type, uid };
}

/** Objects of one kind have the same keys, thousands of times. */
const orders = new Map<readonly string[], Map<string, readonly string[]>>();

function orderOf(keys: readonly string[], first: readonly string[]): readonly string[] {
  const known = orders.get(first) ?? new Map<string, readonly string[]>();
  orders.set(first, known);
  const id = JSON.stringify(keys);
  const found = known.get(id);
  if (found) return found;
  const sorted = [...keys].sort((a, b) => rank(a, first) - rank(b, first) || (a < b ? -1 : 1));
  if (known.size < MAX_ORDERS) known.set(id, sorted);
  return sorted;
}

/** Bounds what a process that prints for hours remembers. */
const MAX_ORDERS = 10_000;

function rank(key: string, first: readonly string[]): number {
  const early = first.indexOf(key);
  if (early >= 0) return early;
  const late = INNER_LAST.indexOf(key);
  return late < 0 ? first.length : first.length + 1 + late;
}
