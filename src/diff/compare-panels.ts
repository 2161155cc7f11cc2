import type { Change, Item, ItemDiff, Place } from './change.ts';
import { compareQueries, queriesOf, queryItem } from './compare-queries.ts';
import { datasourceOf, sameDatasource } from './datasource-of.ts';
import { differingKeys } from './differing-keys.ts';
import { PANEL_NOTES } from './filled-in.ts';
import { type Json, objectOf, objectsOf } from './json.ts';
import { pairUp } from './pair-up.ts';
import { panelDefaults } from './panel-defaults.ts';
import type { PanelOn, PanelsOn } from './panels-of.ts';
import { sameJson } from './same-json.ts';
import { valueChanges } from './value-changes.ts';
import { withoutDefaults } from './without-defaults.ts';
import { inWords, PANEL_WORDS } from './words.ts';

/**
 * Compares the panels and rows of two dashboards. A panel is the same one by its id while something else agrees too
 * (Grafana gives the id of a deleted panel to the next new one), by title and type, by its queries, by its id and type.
 */
export function comparePanels(before: PanelsOn, after: PanelsOn): ItemDiff[] {
  const rows = pairUp(before.rows, after.rows, [
    ({ id, title }) => (id === undefined ? undefined : `${id} ${title}`),
    ({ title }) => title || undefined,
    ({ id }) => (id === undefined ? undefined : String(id)),
  ]);
  // A row that is new or gone says so itself: its panels did not go anywhere.
  const rowNumber = new Map(
    rows.both.flatMap(([from, to], index) => [[from, index] as const, [to, index] as const]),
  );
  const sameRow: SameRow = (from, to) =>
    (from.row && rowNumber.get(from.row)) === (to.row && rowNumber.get(to.row));
  const panels = pairUp(before.panels, after.panels, [
    ({ id, title, type }) => (id === undefined ? undefined : `${id} ${type} ${title}`),
    ({ id, title }) => (id === undefined || title === '' ? undefined : `${id} ${title}`),
    (panel) => (panel.id === undefined ? undefined : queryKey(panel, String(panel.id))),
    (panel) => queryKey(panel, `${panel.type} ${panel.title}`),
    ({ title, type }) => (title === '' ? undefined : `${type} ${title}`),
    (panel) => queryKey(panel, panel.type),
    (panel) => queryKey(panel, ''),
    ({ id, type }) => (id === undefined ? undefined : `${id} ${type}`),
    ({ title }) => title || undefined,
    ({ id, title, type, x, y }) => (id === undefined && title === '' ? `${type} ${x} ${y}` : undefined),
  ]);
  const placed: (readonly [PanelOn, ItemDiff])[] = [];
  for (const [of, pairs] of [['row', rows] as const, ['panel', panels] as const]) {
    for (const panel of pairs.added) placed.push([panel, { kind: 'added', of, item: panelItem(panel) }]);
    for (const panel of pairs.removed) placed.push([panel, { kind: 'removed', of, item: panelItem(panel) }]);
    for (const [from, to] of pairs.both)
      for (const diff of comparePanel(from, to, sameRow)) placed.push([to, diff]);
  }
  return placed.sort(([a], [b]) => a.y - b.y || a.x - b.x).map(([, diff]) => diff);
}

/** How a panel or row is spoken of; its queries are what it contains. */
export function panelItem(panel: PanelOn): Item {
  const queries = panel.type === 'row' ? [] : queriesOf(panel.json).map(queryItem);
  return { ...panelName(panel), contains: queries.length === 0 ? undefined : queries };
}

function panelName({ title, type }: PanelOn): Item {
  return { name: title, detail: type === 'row' ? undefined : type };
}

/** What queries ask, in an order that does not depend on the file's; undefined when there is nothing to go by. */
function queryKey({ json }: PanelOn, more: string): string | undefined {
  const texts = queriesOf(json)
    .map(({ text }) => text)
    .filter((text) => text !== '');
  return texts.length === 0 ? undefined : JSON.stringify([more, ...texts.sort()]);
}

type SameRow = (before: PanelOn, after: PanelOn) => boolean;

function comparePanel(before: PanelOn, after: PanelOn, isSameRow: SameRow): readonly ItemDiff[] {
  const sameRow = isSameRow(before, after);
  if (sameRow && sameJson(before.json, after.json)) return [];
  const of = after.type === 'row' && before.type === 'row' ? 'row' : 'panel';
  const changes: Change[] = [];
  if (before.title !== after.title)
    changes.push({ kind: 'renamed', before: before.title, after: after.title });
  if (before.type !== after.type)
    changes.push({ kind: 'value', what: 'type', path: '', before: before.type, after: after.type });
  if (before.x !== after.x || before.y !== after.y || !sameRow)
    changes.push({ kind: 'moved', before: placeOf(before, sameRow), after: placeOf(after, sameRow) });
  if (of === 'panel' && (before.w !== after.w || before.h !== after.h))
    changes.push({
      kind: 'resized',
      before: { w: before.w, h: before.h },
      after: { w: after.w, h: after.h },
    });
  // What Grafana gives a panel without an id is no change; another id breaks links to the panel.
  if (before.id !== after.id && before.id !== undefined && after.id !== undefined)
    changes.push({ kind: 'value', what: 'id', path: '', before: before.id, after: after.id });
  changes.push(...settingChanges(before, after));
  const items = sameQueries(before.json, after.json)
    ? []
    : compareQueries(queriesOf(before.json), queriesOf(after.json));
  if (changes.length === 0 && items.length === 0) return [];
  return [{ kind: 'changed', of, before: panelName(before), after: panelName(after), changes, items }];
}

function sameQueries(before: Json, after: Json): boolean {
  return sameJson(before.targets, after.targets) && sameDatasource(before.datasource, after.datasource);
}

/** The row is only named when the panel left it. */
function placeOf({ x, y, row }: PanelOn, sameRow: boolean): Place {
  return sameRow ? { x, y } : { x, y, row: row?.title };
}

/** Told of for themselves, or not at all. */
const APART = new Set(['id', 'title', 'type', 'gridPos', 'targets', ...PANEL_NOTES]);
/** Nothing asks a row's datasource; its panels are compared for themselves. */
const APART_OF_ROW = new Set([...APART, 'panels', 'datasource', 'height', 'showTitle', 'titleSize']);

function settingChanges(before: PanelOn, after: PanelOn): Change[] {
  const isRow = before.type === 'row' && after.type === 'row';
  const differing = differingKeys(before.json, after.json, isRow ? APART_OF_ROW : APART);
  if (!differing) return [];
  const [from, to] = differing;
  return valueChanges(settingsOf(from, before.type), settingsOf(to, after.type)).map((change) =>
    inWords(change, PANEL_WORDS),
  );
}

function settingsOf(json: Json, type: string): unknown {
  if (type === 'row') return withoutDefaults(json, { collapsed: false, collapse: false });
  const fieldConfig = objectOf(json.fieldConfig);
  const settings = {
    ...json,
    datasource: datasourceOf(json.datasource),
    fieldConfig: fieldConfig && fieldSettings(fieldConfig),
  };
  return withoutDefaults(settings, panelDefaults(type));
}

function fieldSettings(fieldConfig: Json): Json {
  const defaults = objectOf(fieldConfig.defaults);
  const overrides = Array.isArray(fieldConfig.overrides)
    ? overridesByMatcher(fieldConfig.overrides)
    : undefined;
  return {
    ...fieldConfig,
    ...(defaults && { defaults: { ...defaults, thresholds: thresholdsOf(defaults.thresholds) } }),
    overrides,
  };
}

/** The first step begins at nothing, which is written as null, or not at all. */
function thresholdsOf(value: unknown): unknown {
  const thresholds = objectOf(value);
  if (!thresholds || !Array.isArray(thresholds.steps)) return value;
  const steps = thresholds.steps.map((step) => withoutDefaults(step));
  return { mode: 'absolute', ...thresholds, steps };
}

/** Overrides by what they match, their properties by id: where they stand in the lists is no part of it. */
function overridesByMatcher(overrides: readonly unknown[]): Json {
  const byMatcher: Record<string, unknown> = {};
  for (const override of objectsOf(overrides)) {
    const matcher = objectOf(override.matcher);
    const options = typeof matcher?.options === 'string' ? matcher.options : inKeyOrder(matcher?.options);
    const name = free(byMatcher, `${matcher?.id ?? 'any'} ${options ?? ''}`.trim());
    const properties: Record<string, unknown> = {};
    for (const property of objectsOf(override.properties)) {
      const { id, value } = property;
      properties[free(properties, String(id))] = id === 'thresholds' ? thresholdsOf(value) : (value ?? true);
    }
    byMatcher[name] = properties;
  }
  return byMatcher;
}

/** As text that does not depend on the order of keys. */
function inKeyOrder(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) => {
    const object = objectOf(inner);
    return object ? Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))) : inner;
  });
}

/** `name`, or `name #2` when it is taken. */
function free(taken: Json, name: string): string {
  if (!Object.hasOwn(taken, name) && name !== '__proto__') return name;
  for (let count = 2; ; count++) if (!Object.hasOwn(taken, `${name} #${count}`)) return `${name} #${count}`;
}
