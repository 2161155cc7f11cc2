import type { DashboardDefinition, DashboardOptions } from './dashboard.ts';
import { GRID_COLUMNS, type Layout, type LayoutBlock, placesOf } from './layout.ts';
import { patched } from './override.ts';

type Json = Record<string, unknown>;

/** A compiled dashboard: plain JSON in which datasources are still named, not resolved. */
export interface CompiledDashboard {
  /** Title of the Grafana folder; `''` is General. */
  readonly folder: string;
  readonly json: Json;
}

/**
 * The schema version of the JSON: the newest that Grafana 10.0 knows. Later versions load it and migrate it in memory,
 * an earlier one would not migrate a newer.
 */
const SCHEMA_VERSION = 38;

/**
 * Compiles a definition into the classic dashboard JSON that file provisioning takes: panels in their order, laid out
 * on the grid, with ids from their keys, refIds, and the panel's datasource from its queries.
 *
 * @throws Error with one sentence when a panel has no place, two places, or no usable key
 */
export function compileDashboard(definition: DashboardDefinition): CompiledDashboard {
  const { options } = definition;
  const built = Object.entries(options.panels).map(
    ([key, builder]) => [key, plain(builder.build())] as const,
  );
  const panels = new Map(built.map(([key, panel]) => [checkedKey(key), finishPanel(key, panel)]));
  const rows = options.layout ? applyLayout(panels, options.layout) : flow(panels);
  checkIds([...panels.values(), ...rows.map(({ row }) => row)]);
  const folder = options.folder ?? '';
  return {
    folder: /^general$/i.test(folder) ? '' : folder,
    json: patched(dashboardJson(options, [...panels.values()], rows), options.override ?? {}) as Json,
  };
}

function dashboardJson(
  options: DashboardOptions<string>,
  panels: readonly Json[],
  rows: readonly PlacedRow[],
): Json {
  const folded = new Set(rows.flatMap(({ inside }) => inside));
  return {
    uid: options.uid,
    title: options.title,
    ...(options.description === undefined ? {} : { description: options.description }),
    tags: options.tags ?? [],
    timezone: options.timezone ?? 'browser',
    editable: true,
    graphTooltip: options.graphTooltip ?? 0,
    schemaVersion: SCHEMA_VERSION,
    time: options.time ?? { from: 'now-15m', to: 'now' },
    refresh: options.refresh ?? '',
    templating: { list: (options.variables ?? []).map((builder) => plain(builder.build())) },
    annotations: { list: (options.annotations ?? []).map((builder) => plain(builder.build())) },
    links: (options.links ?? []).map((builder) => plain(builder.build())),
    panels: inFileOrder(panels, rows).filter((panel) => !folded.has(panel)),
  };
}

/** Rows stand before their first panel, as Grafana writes them; without rows the order is the definition's. */
function inFileOrder(panels: readonly Json[], rows: readonly PlacedRow[]): Json[] {
  if (rows.length === 0) return [...panels];
  const sectioned = new Set(rows.flatMap(({ all }) => all));
  const loose = panels.filter((panel) => !sectioned.has(panel));
  const grouped = rows.flatMap(({ row, all }) => [row, ...panels.filter((panel) => all.includes(panel))]);
  return [...loose, ...grouped];
}

/**
 * A copy without the functions that the SDK leaves in its objects. `build()` returns the builder's live object, so
 * without a copy one builder used in two dashboards would be one panel.
 */
function plain(built: unknown): Json {
  return JSON.parse(JSON.stringify(built)) as Json;
}

function checkedKey(key: string): string {
  // JavaScript puts keys that look like whole numbers first, whatever their order in the file.
  if (/^\d+$/.test(key)) throw new Error(`Expected the panel key "${key}" to be a name, not a number`);
  return key;
}

function finishPanel(key: string, panel: Json): Json {
  if (panel.type === 'row')
    throw new Error(
      `Expected "${key}" to be a panel, found a row of the SDK: headings are \`section(…)\` of the layout`,
    );
  const targets = withRefIds((panel.targets as Json[] | undefined) ?? []);
  const datasource = panel.datasource ?? commonDatasource(targets);
  const fieldConfig = (panel.fieldConfig ?? {}) as { defaults?: Json; overrides?: unknown[] };
  if (panel.repeat === undefined) delete panel.repeatDirection;
  if (panel.transparent === false) delete panel.transparent;
  return {
    ...panelVersion(panel.type),
    ...panel,
    id: panel.id ?? idOf(key),
    ...(datasource === undefined ? {} : { datasource }),
    fieldConfig: {
      // Grafana's own default turns every value from 80 up red, whatever it counts.
      defaults: {
        thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }] },
        ...fieldConfig.defaults,
      },
      overrides: fieldConfig.overrides ?? [],
    },
    ...(panel.targets === undefined
      ? {}
      : { targets: targets.map((target) => ({ ...target, datasource: target.datasource ?? datasource })) }),
  };
}

/**
 * The version of a panel's own format, where Grafana asks for it: it takes a stat, gauge or bar gauge without one for a
 * panel of 6.1, when percentages went from 0 to 100 of themselves.
 */
export function panelVersion(type: unknown): { pluginVersion?: string } {
  return type === 'stat' || type === 'gauge' || type === 'bargauge' ? { pluginVersion: '10.0.0' } : {};
}

/** A, B, C, … for queries without one. */
function withRefIds(targets: readonly Json[]): Json[] {
  const taken = new Set(targets.map(({ refId }) => refId));
  let next = 0;
  return targets.map((target) => {
    if (typeof target.refId === 'string' && target.refId !== '') return target;
    while (taken.has(letters(next))) next++;
    return { ...target, refId: letters(next++) };
  });
}

function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** What all queries of a panel share; `-- Mixed --` when they go to several. */
function commonDatasource(targets: readonly Json[]): unknown {
  const distinct = new Map(
    targets.flatMap(({ datasource }) => {
      if (!datasource) return [];
      // A handle given whole has its name beside these.
      const { type, uid } = datasource as Json;
      return [[JSON.stringify([type, uid]), datasource] as const];
    }),
  );
  return distinct.size > 1 ? { type: 'datasource', uid: '-- Mixed --' } : [...distinct.values()][0];
}

/** A panel's id: a number that only depends on the key (FNV-1a), so that no panel's id depends on its neighbours. */
export function idOf(key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash % 1_000_000_000) + 1;
}

function checkIds(panels: readonly Json[]): void {
  const seen = new Map<unknown, Json>();
  for (const panel of panels) {
    const other = seen.get(panel.id);
    if (other)
      throw new Error(
        `Panels "${other.title}" and "${panel.title}" have the same id ${panel.id}: give one another key`,
      );
    seen.set(panel.id, panel);
  }
}

/** A row of Grafana's: its own JSON, all its panels, and those folded into it. */
interface PlacedRow {
  readonly row: Json;
  readonly all: readonly Json[];
  readonly inside: readonly Json[];
}

function applyLayout(panels: ReadonlyMap<string, Json>, layout: Layout<string>): PlacedRow[] {
  const placed = new Set<string>();
  const rows: PlacedRow[] = [];
  let top = 0;
  const place = (block: LayoutBlock<string>): Json[] => {
    const { places, height } = placesOf(block);
    const inBlock = places.map(({ key, place: [x, y, w, h] }) => {
      const panel = panels.get(key);
      if (!panel) throw new Error(`The layout names "${key}", which is no panel of the dashboard`);
      if (placed.has(key)) throw new Error(`The layout places panel "${key}" twice`);
      placed.add(key);
      panel.gridPos = { x, y: top + y, w, h };
      return panel;
    });
    top += height;
    return inBlock;
  };
  for (const item of layout) {
    if (item.kind !== 'section') {
      place(item);
      continue;
    }
    const gridPos = { x: 0, y: top++, w: GRID_COLUMNS, h: 1 };
    const all = item.rows.flatMap(place);
    const inside = item.collapsed ? all : [];
    // What is folded takes no room.
    if (item.collapsed) top = gridPos.y + 1;
    const row = {
      id: item.id ?? idOf(`section ${item.title}`),
      type: 'row',
      title: item.title,
      collapsed: item.collapsed,
      ...(item.repeat === undefined ? {} : { repeat: item.repeat }),
      gridPos,
      panels: inside,
    };
    rows.push({ row, all, inside });
  }
  const missing = [...panels.keys()].find((key) => !placed.has(key));
  if (missing !== undefined) throw new Error(`Panel "${missing}" has no place in the layout`);
  return rows;
}

/** From left to right by each panel's own span and height; a panel that does not fit begins a new line. */
function flow(panels: ReadonlyMap<string, Json>): PlacedRow[] {
  let [x, y, lineHeight] = [0, 0, 0];
  for (const panel of panels.values()) {
    const own = (panel.gridPos ?? {}) as { w?: number; h?: number };
    const w = Math.min(own.w || GRID_COLUMNS / 2, GRID_COLUMNS);
    const h = own.h || 8;
    if (x + w > GRID_COLUMNS) [x, y, lineHeight] = [0, y + lineHeight, 0];
    panel.gridPos = { x, y, w, h };
    x += w;
    lineHeight = Math.max(lineHeight, h);
  }
  return [];
}
