import { describe, expect, test } from 'vitest';
import { compare } from './compare.ts';
import { dashboardOf, panelOf, queryOf, variableOf } from './dashboard.fixture.ts';
import type { DiffReport } from './diff.ts';
import type { Json } from './json.ts';
import { printText } from './print-text.ts';

const field = (defaults: Json) => dashboardOf({ panels: [panelOf({ fieldConfig: { defaults } })] });
const withPanel = (changes: Json) => dashboardOf({ panels: [panelOf(changes)] });
const withQuery = (changes: Json) => withPanel({ targets: [queryOf(changes)] });
const withVariable = (changes: Json) => dashboardOf({ templating: { list: [variableOf(changes)] } });
const overriding = (...overrides: Json[]) =>
  withPanel({ fieldConfig: { defaults: { unit: 'short' }, overrides } });
const override = (name: string, value: unknown) => ({
  matcher: { id: 'byName', options: name },
  properties: [{ id: 'color', value }],
});
const row = (changes: Json = {}) => ({
  id: 9,
  type: 'row',
  title: 'Dice',
  gridPos: { x: 0, y: 0, w: 24, h: 1 },
  ...changes,
});
const below = { x: 0, y: 1, w: 12, h: 8 };
const second = panelOf({
  id: 2,
  title: 'Errors',
  gridPos: { x: 0, y: 8, w: 12, h: 8 },
  targets: [queryOf({ expr: 'errors' })],
});

/** What, both sides, what the diff says of it, and what it says the other way round. */
const KINDS: readonly (readonly [string, Json, Json, string, string])[] = [
  [
    'an added panel',
    dashboardOf(),
    dashboardOf({ panels: [panelOf(), second] }),
    '1 panel added\n+ panel "Errors" (timeseries)\n    query A: errors',
    '1 panel removed\n- panel "Errors" (timeseries)\n    query A: errors',
  ],
  [
    'a renamed panel',
    dashboardOf(),
    withPanel({ title: 'Rolls a second' }),
    '1 panel renamed\n~ panel "Rolls a second" (timeseries)\n    renamed: Rate → Rolls a second',
    '1 panel renamed\n~ panel "Rate" (timeseries)\n    renamed: Rolls a second → Rate',
  ],
  [
    'a moved panel',
    dashboardOf(),
    withPanel({ gridPos: { x: 12, y: 3, w: 12, h: 8 } }),
    '1 panel moved\n~ panel "Rate"\n    moved 12 right, 3 down',
    '1 panel moved\n~ panel "Rate"\n    moved 12 left, 3 up',
  ],
  [
    'a resized panel',
    dashboardOf(),
    withPanel({ gridPos: { x: 0, y: 0, w: 24, h: 8 } }),
    '1 panel resized\n~ panel "Rate" (timeseries)\n    resized: 12 × 8 → 24 × 8',
    '1 panel resized\n~ panel "Rate" (timeseries)\n    resized: 24 × 8 → 12 × 8',
  ],
  [
    'panels pushed down by a new one',
    dashboardOf({ panels: [panelOf(), second] }),
    dashboardOf({
      panels: [
        { ...second, id: 3, title: 'New', type: 'text', targets: [], gridPos: { x: 0, y: 0, w: 24, h: 4 } },
        panelOf({ gridPos: { x: 0, y: 4, w: 12, h: 8 } }),
        { ...second, gridPos: { x: 0, y: 12, w: 12, h: 8 } },
      ],
    }),
    '1 panel added, 2 panels moved\n+ panel "New" (text)\n~ 2 panels "Rate, Errors"\n    moved 4 down',
    '1 panel removed, 2 panels moved\n- panel "New" (text)\n~ 2 panels "Rate, Errors"\n    moved 4 up',
  ],
  [
    'another visualization',
    dashboardOf(),
    withPanel({ type: 'barchart' }),
    '1 panel changed\n~ panel "Rate" (barchart)\n    type: timeseries → barchart',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    type: barchart → timeseries',
  ],
  [
    'a changed query',
    dashboardOf(),
    withQuery({ expr: 'rate(rolls_total[5m])' }),
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A: rate(rolls_total[[-1m-]{+5m+}])',
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A: rate(rolls_total[[-5m-]{+1m+}])',
  ],
  [
    'an added query',
    dashboardOf(),
    withPanel({ targets: [queryOf(), queryOf({ refId: 'B', expr: 'up' })] }),
    '1 query added\n~ panel "Rate" (timeseries)\n    query B added: up',
    '1 query removed\n~ panel "Rate" (timeseries)\n    query B removed: up',
  ],
  [
    'another refId',
    dashboardOf(),
    withQuery({ refId: 'B' }),
    '1 query renamed\n~ panel "Rate" (timeseries)\n    query B renamed: A → B',
    '1 query renamed\n~ panel "Rate" (timeseries)\n    query A renamed: B → A',
  ],
  [
    'the legend of a query',
    dashboardOf(),
    withQuery({ legendFormat: '{{die}} {{result}}' }),
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A legend: {{die}} → {{die}} {{result}}',
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A legend: {{die}} {{result}} → {{die}}',
  ],
  [
    'the datasource of a panel, and with it of its queries',
    dashboardOf(),
    withPanel({
      datasource: { type: 'prometheus', uid: 'mimir' },
      targets: [queryOf({ datasource: { type: 'prometheus', uid: 'mimir' } })],
    }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    data source: prom → mimir',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    data source: mimir → prom',
  ],
  [
    'the datasource of one query',
    dashboardOf(),
    withQuery({ datasource: { uid: 'mimir' } }),
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A data source: default → mimir',
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A data source: mimir → default',
  ],
  [
    'a hidden query',
    dashboardOf(),
    withQuery({ hide: true }),
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A hidden: default → on',
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A hidden: on → default',
  ],
  [
    'the unit',
    dashboardOf(),
    field({ unit: 's' }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    unit: short → s',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    unit: s → short',
  ],
  [
    'thresholds',
    dashboardOf(),
    field({
      unit: 'short',
      thresholds: {
        mode: 'absolute',
        steps: [
          { color: 'blue', value: null },
          { color: 'red', value: 5 },
        ],
      },
    }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    thresholds: default → blue, red from 5',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    thresholds: blue, red from 5 → default',
  ],
  [
    'the style of lines',
    dashboardOf(),
    field({ unit: 'short', custom: { fillOpacity: 10 } }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    style fillOpacity: default → 10',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    style fillOpacity: 10 → default',
  ],
  [
    'the legend of a panel',
    dashboardOf(),
    withPanel({ options: { legend: { placement: 'bottom' } } }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    legend placement: right → default',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    legend placement: default → right',
  ],
  [
    'an option of a plugin',
    dashboardOf(),
    withPanel({ options: { legend: { placement: 'right' }, sortBy: ['Time', 'Value'] } }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    option sortBy: default → Time, Value',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    option sortBy: Time, Value → default',
  ],
  [
    'an override',
    overriding(override('ok', 'green')),
    overriding(override('failed', 'red'), override('ok', 'blue')),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    override byName failed.color: default → red\n    override byName ok.color: green → blue',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    override byName failed.color: red → default\n    override byName ok.color: blue → green',
  ],
  [
    'a transformation',
    dashboardOf(),
    withPanel({ transformations: [{ id: 'merge', options: {} }] }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    transformations: default → [{"id":"merge","options":{}}]',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    transformations: [{"id":"merge","options":{}}] → default',
  ],
  [
    'another id, which breaks links to the panel',
    dashboardOf(),
    withPanel({ id: 4 }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    id: 1 → 4',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    id: 4 → 1',
  ],
  [
    'a row around panels that stay where they are',
    dashboardOf({ panels: [panelOf({ gridPos: below })] }),
    dashboardOf({ panels: [row(), panelOf({ gridPos: below })] }),
    '1 row added\n+ row "Dice"',
    '1 row removed\n- row "Dice"',
  ],
  [
    'a row that is folded',
    dashboardOf({ panels: [row(), panelOf({ gridPos: below })] }),
    dashboardOf({ panels: [row({ collapsed: true, panels: [panelOf({ gridPos: below })] })] }),
    '1 row changed\n~ row "Dice"\n    collapsed: default → on',
    '1 row changed\n~ row "Dice"\n    collapsed: on → default',
  ],
  [
    'a panel in another row',
    dashboardOf({ panels: [panelOf({ gridPos: below }), row({ gridPos: { x: 0, y: 9, w: 24, h: 1 } })] }),
    dashboardOf({ panels: [row({ gridPos: { x: 0, y: 0, w: 24, h: 1 } }), panelOf({ gridPos: below })] }),
    '1 row moved, 1 panel moved\n~ row "Dice"\n    moved 9 up\n~ panel "Rate"\n    moved from no row to row Dice',
    '1 row moved, 1 panel moved\n~ panel "Rate"\n    moved from row Dice to no row\n~ row "Dice"\n    moved 9 down',
  ],
  [
    'an added variable',
    dashboardOf({ templating: { list: [] } }),
    dashboardOf(),
    '1 variable added\n+ variable "job" (query)\n    query: label_values(job)',
    '1 variable removed\n- variable "job" (query)\n    query: label_values(job)',
  ],
  [
    'the query of a variable',
    dashboardOf(),
    withVariable({ query: 'label_values(up, job)' }),
    '1 variable changed\n~ variable "job" (query)\n    query: label_values({+up, +}job)',
    '1 variable changed\n~ variable "job" (query)\n    query: label_values([-up, -]job)',
  ],
  [
    'a renamed variable',
    dashboardOf(),
    withVariable({ name: 'service' }),
    '1 variable renamed\n~ variable "service" (query)\n    renamed: job → service',
    '1 variable renamed\n~ variable "job" (query)\n    renamed: service → job',
  ],
  [
    'the default value of a variable',
    dashboardOf(),
    withVariable({ multi: true, current: { text: 'dice', value: ['dice'], selected: true } }),
    '1 variable changed\n~ variable "job" (query)\n    default value: default → dice\n    multi: default → on',
    '1 variable changed\n~ variable "job" (query)\n    default value: dice → default\n    multi: on → default',
  ],
  [
    'an annotation',
    dashboardOf(),
    dashboardOf({
      annotations: { list: [{ name: 'Deploys', expr: 'deploys', datasource: { uid: 'prom' } }] },
    }),
    '1 annotation added\n+ annotation "Deploys"\n    query: deploys',
    '1 annotation removed\n- annotation "Deploys"\n    query: deploys',
  ],
  [
    'a link',
    dashboardOf({ links: [{ title: 'Runbook', type: 'link', url: 'https://one' }] }),
    dashboardOf({ links: [{ title: 'Runbook', type: 'link', url: 'https://two' }] }),
    '1 link changed\n~ link "Runbook"\n    url: https://one → https://two',
    '1 link changed\n~ link "Runbook"\n    url: https://two → https://one',
  ],
  [
    'the time range and the refresh',
    dashboardOf(),
    dashboardOf({ time: { from: 'now-6h', to: 'now' }, refresh: '30s' }),
    'refresh, time range\n~ dashboard\n    refresh: default → 30s\n    time range from: now-15m → default',
    'refresh, time range\n~ dashboard\n    refresh: 30s → default\n    time range from: default → now-15m',
  ],
  [
    'the title, description and tags of the dashboard',
    dashboardOf(),
    dashboardOf({ title: 'Dice', description: 'All of them', tags: ['b', 'a'] }),
    'renamed, description, tags\n~ dashboard\n    renamed: Rolls → Dice\n    description: default → All of them\n    tags: default → a, b',
    'renamed, description, tags\n~ dashboard\n    renamed: Dice → Rolls\n    description: All of them → default\n    tags: a, b → default',
  ],
  [
    'another uid, which breaks links to the dashboard',
    dashboardOf(),
    dashboardOf({ uid: 'dice' }),
    'uid\n~ dashboard\n    uid: rolls → dice',
    'uid\n~ dashboard\n    uid: dice → rolls',
  ],
];

describe.each(KINDS)('%s', (_, before, after, forth, back) => {
  test('is told', () => expect(told(before, after)).toBe(forth));
  test('is told the other way round', () => expect(told(after, before)).toBe(back));
});

/** What, and two dashboards that Grafana shows alike. */
const ALIKE: readonly (readonly [string, Json])[] = [
  ['the order of keys', Object.fromEntries(Object.entries(dashboardOf()).reverse())],
  ['what Grafana counts for itself', dashboardOf({ id: 7, version: 12, iteration: 1, schemaVersion: 41 })],
  [
    'what Grafana fills in for a dashboard',
    dashboardOf({
      annotations: { list: [{ builtIn: 1, name: 'Annotations & Alerts', enable: true }] },
      editable: true,
      fiscalYearStartMonth: 0,
      graphTooltip: 0,
      links: [],
      preload: false,
      refresh: '',
      tags: [],
      timepicker: {},
      weekStart: '',
    }),
  ],
  [
    'what Grafana fills in for a panel',
    withPanel({
      pluginVersion: '12.2.0',
      transparent: false,
      links: [],
      options: {
        legend: { calcs: [], displayMode: 'list', placement: 'right', showLegend: true },
        tooltip: { hideZeros: false, mode: 'single', sort: 'none' },
      },
      fieldConfig: {
        defaults: {
          unit: 'short',
          color: { mode: 'palette-classic' },
          custom: {
            drawStyle: 'line',
            lineWidth: 1,
            hideFrom: { legend: false, tooltip: false, viz: false },
          },
          mappings: [],
          thresholds: {
            mode: 'absolute',
            steps: [
              { color: 'green', value: null },
              { color: 'red', value: 80 },
            ],
          },
        },
        overrides: [],
      },
    }),
  ],
  [
    'what Grafana fills in for a query',
    withQuery({
      datasource: { type: 'prometheus', uid: 'prom' },
      editorMode: 'code',
      range: true,
      instant: false,
    }),
  ],
  [
    'what Grafana fills in for a variable',
    withVariable({
      query: { query: 'label_values(job)', refId: 'StandardVariableQuery' },
      definition: 'label_values(job)',
      options: [{ text: 'a', value: 'a' }],
      refresh: 1,
      current: {},
    }),
  ],
  ['a datasource without the type beside its uid', withPanel({ datasource: { uid: 'prom' } })],
  ['no refId, which becomes A', withQuery({ refId: undefined })],
  ['an id where there was none', withPanel({ id: undefined })],
];

test.each(ALIKE)('%s is no change', (_, other) => {
  expect(told(dashboardOf(), other)).toBe('no change');
  expect(told(other, dashboardOf())).toBe('no change');
});

test('the order of panels, queries, variables and overrides in the file is no change', () => {
  const queries = [queryOf(), queryOf({ refId: 'B', expr: 'up' })];
  const variables = [variableOf(), variableOf({ name: 'instance' })];
  const overrides = [override('a', 'red'), override('b', 'blue')];
  const [one, other] = [queries, queries.toReversed()].map((targets, index) =>
    dashboardOf({
      panels: [
        panelOf({
          targets,
          fieldConfig: { defaults: {}, overrides: index ? overrides : overrides.toReversed() },
        }),
        second,
      ].sort((a, b) => (index ? 1 : -1) * (a.id as number) - (index ? 1 : -1) * (b.id as number)),
      templating: { list: index ? variables : variables.toReversed() },
    }),
  );
  expect(told(one as Json, other as Json)).toBe('no change');
});

describe('panels are recognised', () => {
  test('by title and type when all ids are new', () => {
    const before = dashboardOf({ panels: [panelOf(), second] });
    const after = dashboardOf({ panels: [{ ...second, id: 1 }, panelOf({ id: 2 })] });
    expect(told(before, after)).toBe(
      '2 panels changed\n~ panel "Rate" (timeseries)\n    id: 1 → 2\n~ panel "Errors" (timeseries)\n    id: 2 → 1',
    );
  });

  test('by their queries when title and id are new', () => {
    expect(told(dashboardOf(), withPanel({ id: 5, title: 'Other' }))).toBe(
      '1 panel renamed, 1 panel changed\n~ panel "Other" (timeseries)\n    renamed: Rate → Other\n    id: 1 → 5',
    );
  });

  test('as different ones when only the id is the same, as that of a deleted panel is given to the next', () => {
    const after = withPanel({ title: 'Notes', type: 'text', targets: [] });
    expect(told(dashboardOf(), after).split('\n')[0]).toBe('1 panel added, 1 panel removed');
  });

  test('each with its own when several have one title', () => {
    const twin = panelOf({ id: undefined, gridPos: below, targets: [queryOf({ expr: 'up' })] });
    const before = dashboardOf({ panels: [panelOf({ id: undefined }), twin] });
    const after = dashboardOf({ panels: [twin, panelOf({ id: undefined })] });
    expect(told(before, after)).toBe('no change');
  });
});

function told(before: Json, after: Json): string {
  const file = 'd.json';
  const report: DiffReport = {
    before: 'a',
    after: 'b',
    stale: [],
    unreadable: [],
    ...compare(
      { dashboards: [{ file, json: clean(before) }], provisioning: [] },
      { dashboards: [{ file, json: clean(after) }], provisioning: [] },
    ),
  };
  if (report.dashboards.length === 0) return 'no change';
  const [head = '', , ...lines] = printText(report).split('\n');
  const body = lines.slice(0, lines.indexOf('')).map((line) => line.slice(2));
  return [head.replace(/^~ .*\): /, ''), ...body].join('\n');
}

/** As it comes from a file: without what is undefined. */
function clean(json: Json): Json {
  return JSON.parse(JSON.stringify(json));
}
