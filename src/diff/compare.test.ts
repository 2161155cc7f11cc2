import { describe, expect, test } from 'vitest';
import { compare } from './compare.ts';
import {
  below,
  dashboardOf,
  field,
  override,
  panelOf,
  queryOf,
  second,
  variableOf,
  withPanel,
  withQuery,
  withVariable,
} from './dashboard.fixture.ts';
import type { DiffReport } from './diff.ts';
import type { Json } from './json.ts';
import { KINDS } from './kinds.fixture.ts';
import { printText } from './print-text.ts';

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
  [
    'what Grafana 7 and 10 wrote into fields',
    field({ unit: 'short', unitScale: true, custom: { hideFrom: { graph: false } } }),
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

test('the order of keys in the matcher of an override is no change', () => {
  const properties = [{ id: 'unit', value: 's' }];
  const matching = (options: Json) =>
    withPanel({
      fieldConfig: { defaults: {}, overrides: [{ matcher: { id: 'byValue', options }, properties }] },
    });
  const [before, after] = [
    matching({ reducer: 'allIsZero', op: 'gte' }),
    matching({ op: 'gte', reducer: 'allIsZero' }),
  ];
  expect(told(before, after)).toBe(told(before, before));
  expect(told(before, matching({ op: 'lt', reducer: 'allIsZero' }))).not.toBe(told(before, before));
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

test('an interval is asked for again with each time range, whether that is said or not', () => {
  const interval = { type: 'interval', name: 'step', query: '1m,5m' };
  const [one, other] = [interval, { ...interval, refresh: 2 }].map((variable) =>
    dashboardOf({ templating: { list: [variable] } }),
  );
  expect(told(one ?? {}, other ?? {})).toBe('no change');
});

test('a link is the same whether its empty parts are said or not', () => {
  const link = { type: 'dashboards', tags: ['dice'] };
  expect(
    told(dashboardOf({ links: [link] }), dashboardOf({ links: [{ ...link, title: '', url: '' }] })),
  ).toBe('no change');
});
