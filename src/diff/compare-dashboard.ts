import type { Change, ChangedItem, Item, ItemDiff, Noun } from './change.ts';
import { comparePanels, panelItem } from './compare-panels.ts';
import { datasourceOf } from './datasource-of.ts';
import { differingKeys } from './differing-keys.ts';
import {
  ANNOTATION_DEFAULTS,
  DASHBOARD_DEFAULTS,
  DASHBOARD_NOTES,
  LINK_DEFAULTS,
  VARIABLE_NOTES,
  variableDefaults,
} from './filled-in.ts';
import { type Json, objectOf, objectsOf, textOf } from './json.ts';
import { type Identity, pairUp } from './pair-up.ts';
import { panelsOf } from './panels-of.ts';
import { sameJson } from './same-json.ts';
import { valueChanges } from './value-changes.ts';
import { withoutDefaults } from './without-defaults.ts';
import { DASHBOARD_WORDS, inWords, VARIABLE_WORDS } from './words.ts';

/** A dashboard of one side. */
export interface DashboardOn {
  /** Path below the root of its side. */
  readonly file: string;
  readonly json: Json;
}

/** What changed between two states of one dashboard; undefined when nothing did. */
export function compareDashboard(before: DashboardOn, after: DashboardOn): ChangedItem | undefined {
  if (before.file === after.file && sameJson(before.json, after.json)) return undefined;
  const changes = [...ownChanges(before, after), ...settingChanges(before.json, after.json)];
  const items = [
    ...compareList(LISTS.variable, before.json, after.json),
    ...compareList(LISTS.annotation, before.json, after.json),
    ...compareList(LISTS.link, before.json, after.json),
    ...comparePanels(panelsOf(before.json), panelsOf(after.json)),
  ];
  if (changes.length === 0 && items.length === 0) return undefined;
  return {
    kind: 'changed',
    of: 'dashboard',
    before: dashboardName(before),
    after: dashboardName(after),
    changes,
    items,
  };
}

/** How a dashboard is spoken of, with its panels: for one that is new or gone. */
export function dashboardItem(dashboard: DashboardOn): Item {
  const { rows, panels } = panelsOf(dashboard.json);
  return { ...dashboardName(dashboard), contains: [...rows, ...panels].map(panelItem) };
}

function dashboardName({ file, json }: DashboardOn): Item {
  return { name: textOf(json.title) ?? '', detail: textOf(json.uid), file };
}

function ownChanges(before: DashboardOn, after: DashboardOn): Change[] {
  const [from, to] = [dashboardName(before), dashboardName(after)];
  const changes: Change[] = [];
  if (from.name !== to.name) changes.push({ kind: 'renamed', before: from.name, after: to.name });
  for (const [what, key] of [
    ['uid', 'detail'],
    ['file', 'file'],
  ] as const)
    if (from[key] !== to[key])
      changes.push({ kind: 'value', what, path: '', before: from[key], after: to[key] });
  return changes;
}

/** Told of for themselves, or not at all. */
const APART = new Set([
  ...['uid', 'title', 'panels', 'rows', 'templating', 'annotations', 'links'],
  ...DASHBOARD_NOTES,
]);

function settingChanges(before: Json, after: Json): Change[] {
  const differing = differingKeys(before, after, APART);
  if (!differing) return [];
  const [from, to] = differing.map((json) => {
    const tags = Array.isArray(json.tags) ? { tags: json.tags.toSorted() } : {};
    return withoutDefaults({ ...json, ...tags }, DASHBOARD_DEFAULTS);
  });
  return valueChanges(from, to).map((change) => inWords(change, DASHBOARD_WORDS));
}

/** A list of the dashboard whose items have names. */
interface NamedList {
  readonly of: Noun;
  readonly itemsOf: (dashboard: Json) => readonly Json[];
  readonly name: (item: Json) => string;
  readonly identities: readonly Identity<Json>[];
  readonly textOf: (item: Json) => string | undefined;
  readonly settingsOf: (item: Json) => unknown;
}

const nameOf = (item: Json) => textOf(item.name);

const LISTS = {
  variable: {
    of: 'variable',
    itemsOf: ({ templating }) => objectsOf(objectOf(templating)?.list),
    name: (item) => textOf(item.name) ?? '',
    identities: [nameOf, (item) => variableQuery(item) && `${item.type} ${variableQuery(item)}`],
    textOf: variableQuery,
    settingsOf: variableSettings,
  },
  annotation: {
    of: 'annotation',
    // Grafana makes the built-in one ("Annotations & Alerts") anew wherever it is missing.
    itemsOf: ({ annotations }) =>
      objectsOf(objectOf(annotations)?.list).filter(
        ({ builtIn, enable }) => builtIn !== 1 || enable === false,
      ),
    name: (item) => textOf(item.name) ?? '',
    identities: [nameOf, (item) => textOf(item.expr)],
    textOf: (item) => textOf(item.expr),
    settingsOf: ({ name: _, expr: __, ...item }) =>
      withoutDefaults({ ...item, datasource: datasourceOf(item.datasource) }, ANNOTATION_DEFAULTS),
  },
  link: {
    of: 'link',
    itemsOf: ({ links }) => objectsOf(links),
    name: (item) => textOf(item.title) ?? textOf(item.url) ?? '',
    identities: [
      ({ title = '', type = 'link', url = '' }) => JSON.stringify([title, type, url]),
      ({ title }) => textOf(title),
      ({ url }) => textOf(url),
    ],
    textOf: () => undefined,
    settingsOf: ({ title: _, ...item }) => withoutDefaults(item, LINK_DEFAULTS),
  },
} as const satisfies { readonly [Of in 'variable' | 'annotation' | 'link']: NamedList };

function compareList(list: NamedList, before: Json, after: Json): ItemDiff[] {
  const { of } = list;
  const item = (json: Json): Item => ({
    name: list.name(json),
    detail: of === 'variable' ? textOf(json.type) : undefined,
    text: list.textOf(json),
  });
  const { both, removed, added } = pairUp(list.itemsOf(before), list.itemsOf(after), list.identities);
  return [
    ...added.map((json) => ({ kind: 'added', of, item: item(json) }) as const),
    ...removed.map((json) => ({ kind: 'removed', of, item: item(json) }) as const),
    ...both.flatMap(([from, to]) => {
      const changes: Change[] = [];
      if (list.name(from) !== list.name(to))
        changes.push({ kind: 'renamed', before: list.name(from), after: list.name(to) });
      const [textBefore = '', textAfter = ''] = [list.textOf(from), list.textOf(to)];
      if (textBefore !== textAfter)
        changes.push({ kind: 'text', what: 'query', before: textBefore, after: textAfter });
      const values = valueChanges(list.settingsOf(from), list.settingsOf(to));
      changes.push(...values.map((change) => inWords(change, VARIABLE_WORDS)));
      return changes.length === 0
        ? []
        : [{ kind: 'changed', of, before: item(from), after: item(to), changes, items: [] } as const];
    }),
  ];
}

/** Saved as text or, by newer editors, as an object around it. */
function variableQuery({ query, definition }: Json): string | undefined {
  return textOf(query) ?? textOf(objectOf(query)?.query) ?? textOf(definition);
}

function variableSettings(variable: Json): unknown {
  const settings: Record<string, unknown> = { ...variable };
  for (const key of ['name', 'query', ...VARIABLE_NOTES]) delete settings[key];
  const { query: _, refId: __, ...more } = objectOf(variable.query) ?? {};
  const current = objectOf(variable.current);
  return withoutDefaults(
    {
      ...settings,
      query: { ...more, qryType: undefined },
      datasource: datasourceOf(variable.datasource),
      // What is shown for the value, and whether it is ticked, follow from it.
      current: current ? current.value : variable.current,
    },
    variableDefaults(variable),
  );
}
