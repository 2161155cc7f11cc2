import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Json, objectOf, objectsOf } from '../../../diff/json.ts';
import type { ProvisionedDatasource } from '../../../model/datasource.ts';
import { unwrap } from '../unwrap.ts';

const datasources = [
  { name: 'Logs', type: 'loki', effectiveUid: 'l', isDefault: true },
  { name: 'First', type: 'prometheus', effectiveUid: 'p1', isDefault: false },
  { name: 'Second', type: 'prometheus', effectiveUid: 'p2', isDefault: false },
] as unknown as readonly ProvisionedDatasource[];

function classic(name: string) {
  const text = readFileSync(
    join(import.meta.dirname, '../../../../test/import/corpus', `${name}.json`),
    'utf8',
  );
  const { dashboard, losses, notes } = unwrap(JSON.parse(text), datasources) as {
    dashboard: Json;
    losses: readonly string[];
    notes: readonly string[];
  };
  return { dashboard, losses, notes, panels: objectsOf(dashboard.panels) };
}

const element = (id: number, vizConfig: Json = { kind: 'VizConfig', group: 'text', spec: {} }) => ({
  kind: 'Panel',
  spec: { id, title: `Panel ${id}`, vizConfig },
});
const item = (name: string) => ({
  kind: 'GridLayoutItem',
  spec: { x: 0, y: 0, width: 12, height: 4, element: { name } },
});
const grid = (...names: readonly string[]) => ({ kind: 'GridLayout', spec: { items: names.map(item) } });
const row = (title: string, layout: Json, more = {}) => ({
  kind: 'RowsLayoutRow',
  spec: { title, layout, ...more },
});
const laidOut = (layout: Json, elements: Json = { a: element(1), b: element(2) }) =>
  unwrap({ title: 'T', elements, layout }, datasources) as { dashboard: Json; losses: readonly string[] };

test('What both schemas say comes through without a loss', () => {
  const { dashboard, losses, panels } = classic('v2-rows');
  expect(losses).toEqual([]);
  expect(dashboard).toMatchObject({
    uid: 'v2-rows',
    graphTooltip: 1,
    time: { from: 'now-1h', to: 'now' },
    timezone: 'utc',
    refresh: '30s',
    weekStart: 'monday',
    timepicker: { hidden: true, nowDelay: '30s' },
    links: [{ title: 'Runbook', url: 'https://example.com/runbook' }],
  });
  expect(panels.map(({ type, id, title, gridPos }) => [type, id, title, objectOf(gridPos)?.y])).toEqual([
    ['stat', 1, 'Orders', 0],
    ['timeseries', 2, 'Order rate', 0],
    ['row', undefined, 'Details', 6],
    ['row', undefined, 'Region $region', 7],
    ['gauge', 5, 'Per region', 8],
  ]);
  expect(panels[2]).toMatchObject({
    collapsed: true,
    panels: [{ id: 3 }, { id: 4, type: 'library-panel-ref' }],
  });
  expect(panels[3]).toMatchObject({ collapsed: false, repeat: 'region', panels: [] });
  expect(panels[4]).toMatchObject({ repeat: 'size', repeatDirection: 'h', maxPerRow: 4 });
});

test('A panel gets its queries, their datasources, options of the query group and transformations', () => {
  const { panels } = classic('v2-rows');
  expect(panels[1]).toMatchObject({
    datasource: { uid: '-- Mixed --' },
    targets: [
      { refId: 'A', datasource: { type: 'prometheus', uid: '${ds}' }, legendFormat: '{{region}}' },
      { refId: 'B', datasource: { type: 'loki', uid: 'loki' } },
    ],
    interval: '15s',
    maxDataPoints: 300,
    timeFrom: '2h',
    timeCompare: '1d',
  });
  expect(objectsOf(panels[2]?.panels)[0]).toMatchObject({
    transformations: [
      { id: 'organize', options: { excludeByName: { Time: true } } },
      { id: 'sortBy', disabled: true, filter: { id: 'byRefId' }, topic: 'series' },
    ],
  });
});

test('Variables of every kind become those of the classic types', () => {
  const list = objectsOf(objectOf(classic('v2-rows').dashboard.templating)?.list);
  expect(list.map(({ name, type, hide }) => [name, type, hide])).toEqual([
    ['ds', 'datasource', 0],
    ['region', 'query', 1],
    ['host', 'query', 0],
    ['size', 'custom', 3],
    ['window', 'interval', 0],
    ['job', 'constant', 2],
    ['search', 'textbox', 0],
    ['canary', 'switch', 0],
    ['filters', 'adhoc', 0],
    ['by', 'groupby', 0],
  ]);
  expect(list[0]).toMatchObject({ query: 'prometheus', refresh: 1 });
  expect(list[1]).toMatchObject({
    query: { query: 'label_values(orders_total, region)', qryType: 1 },
    datasource: { type: 'prometheus', uid: '${ds}' },
    refresh: 2,
    sort: 7,
  });
  expect(list[2]).toMatchObject({ query: 'label_values(up, instance)', refresh: 0, sort: 0 });
  expect(list[7]).toMatchObject({
    current: { value: 'off' },
    options: [{ value: 'on', selected: false }, { value: 'off' }],
  });
  expect(list[8]).toMatchObject({ datasource: { type: 'prometheus', uid: 'prometheus' } });
});

test('An annotation gets its query as target, and what it said before v2 where it stood', () => {
  const list = objectsOf(objectOf(classic('v2-rows').dashboard.annotations)?.list);
  expect(list).toMatchObject([
    { builtIn: 1, type: 'dashboard', datasource: { type: 'grafana', uid: '-- Grafana --' } },
    { name: 'Restarts', step: '60s', target: { refId: 'Anno' }, filter: { exclude: true, ids: [2] } },
  ]);
});

test('The first v2 keeps types in kinds and datasources beside queries', () => {
  const { dashboard, losses, panels, notes } = classic('v2alpha1-grid');
  expect(losses).toEqual([]);
  expect(panels).toMatchObject([
    {
      type: 'barchart',
      links: [{ url: 'https://example.com' }],
      transformations: [{ id: 'limit' }],
      targets: [
        { datasource: { type: 'prometheus', uid: 'prometheus' } },
        { datasource: { type: 'prometheus', uid: 'p1' }, hide: true },
      ],
    },
  ]);
  expect(notes).toContain('Where only the type prometheus was named stands the datasource First.');
  expect(objectOf(dashboard.templating)?.list).toMatchObject([
    { datasource: { type: 'prometheus', uid: 'prometheus' }, hide: 2, refresh: 1 },
    { datasource: { type: 'loki', uid: 'loki' } },
  ]);
});

test('Tabs, auto grids and conditions become what the classic form has, and each is told of', () => {
  const { dashboard, losses, panels } = classic('v2-tabs');
  expect(panels.map(({ title, gridPos }) => [title, ...Object.values(objectOf(gridPos) ?? {})])).toEqual([
    ['Hosts', 0, 0, 24, 1],
    ['CPU', 0, 1, 12, 5],
    ['Memory', 12, 1, 12, 5],
    ['Disk', 0, 6, 12, 5],
    ['Traffic', 0, 11, 24, 1],
    ['In', 0, 12, 24, 1],
    ['Out', 0, 13, 24, 1],
    ['Requests', 0, 14, 24, 7],
    ['Errors', 0, 21, 24, 7],
  ]);
  expect(objectsOf(panels[5]?.panels)).toMatchObject([{ title: 'Network', gridPos: { w: 4, h: 11 } }]);
  expect(panels[1]).toMatchObject({ repeat: 'host', repeatDirection: 'h', maxPerRow: 2 });
  expect(objectOf(dashboard.templating)?.list).toMatchObject([{ name: 'host', type: 'textbox' }]);
  expect(losses).toEqual([
    'Variable "host" (tab "Traffic"): it is a variable of the whole dashboard.',
    'Tabs ("Hosts", "Traffic"): each is an open row.',
    'Auto grid, as wide as the screen: its panels have fixed places, 2 beside each other.',
    'Setting `fillScreen` (an auto grid): left out.',
    'Setting `subtitle` (panel "CPU"): left out.',
    'Conditions for showing (panel "Memory", row "Out"): always shown.',
    'Rows or tabs inside (tab "Traffic"): they stand below it.',
    'Auto grid, as wide as the screen: its panels have fixed places, 5 beside each other.',
    'Hidden header (row ""): its panels belong to the row above.',
    'Elements in no layout (panel "Nowhere"): left out, as Grafana shows it nowhere.',
  ]);
});

test('A row that repeats without a header shows it; one that holds rows stands once and open', () => {
  const repeat = { mode: 'variable', value: 'x' };
  const inner = { kind: 'RowsLayout', spec: { rows: [row('Inner', grid('b'))] } };
  const rows = [
    row('Again', grid('a'), { hideHeader: true, repeat }),
    row('Outer', inner, { collapse: true, repeat }),
  ];
  const { dashboard, losses } = laidOut({ kind: 'RowsLayout', spec: { rows } });
  expect(
    objectsOf(dashboard.panels).map(({ type, title, repeat: by, collapsed }) => [type, title, by, collapsed]),
  ).toEqual([
    ['row', 'Again', 'x', false],
    ['text', 'Panel 1', undefined, undefined],
    ['row', 'Outer', undefined, false],
    ['row', 'Inner', undefined, false],
    ['text', 'Panel 2', undefined, undefined],
  ]);
  expect(losses.join(' ')).toMatch(
    /Hidden header \(row "Again".*Repetition.*row "Outer".*Folding.*row "Outer"/,
  );
});

test('Kinds that nobody knows and places without an element are told of', () => {
  const { dashboard, losses } = laidOut(grid('a', 'b', 'gone'), {
    a: element(1),
    b: { kind: 'Drawing', spec: {} },
  });
  expect(dashboard.panels).toHaveLength(1);
  expect(losses).toEqual([
    'Kind Drawing (element "b"): left out.',
    'Place in the layout ("gone"): nothing stands there, as there is no such element.',
  ]);
  expect(laidOut({ kind: 'Spiral', spec: {} }).losses[0]).toBe(
    'Layout of kind Spiral: its panels are left out.',
  );
});

test.each<[Json, string]>([
  [{ elements: [element(1)] }, 'expected `elements` to be an object of panels by their names, found a list'],
  [{ elements: { a: 'Orders' }, layout: grid() }, 'expected `elements.a` to be an object, found "Orders"'],
  [{ elements: {}, layout: [] }, 'expected `layout` to be an object, found a list'],
  [
    {
      layout: { kind: 'RowsLayout', spec: { rows: [row('R', { kind: 'GridLayout', spec: { items: {} } })] } },
    },
    'expected `layout.spec.rows[0].spec.layout.spec.items` to be a list, found an object',
  ],
  [{ layout: grid(), variables: ['job'] }, 'expected `variables[0]` to be an object, found "job"'],
  [{ layout: grid(), annotations: {} }, 'expected `annotations` to be a list, found an object'],
])('%j is of another shape, and refused with the place', (parts, why) => {
  const spec = { title: 'T', ...parts };
  expect(unwrap(spec, datasources)).toEqual({ why });
  const resource = {
    apiVersion: 'dashboard.grafana.app/v2',
    kind: 'Dashboard',
    metadata: { name: 'u' },
    spec,
  };
  expect(unwrap(resource, datasources)).toEqual({ why });
  expect(unwrap({ dashboard: spec, meta: {} }, datasources)).toEqual({ why });
});

test('A classic dashboard with a key of v2 beside its panels stays classic', () => {
  expect(unwrap({ title: 'T', panels: [], elements: [] }, datasources)).toMatchObject({
    dashboard: { panels: [] },
    notes: [],
  });
});

test('An answer of a Grafana that could not convert is refused with the version to ask for', () => {
  const answer = {
    kind: 'Dashboard',
    apiVersion: 'dashboard.grafana.app/v2alpha1',
    metadata: { name: 'u1' },
    spec: { title: 'T1', elements: null, layout: { kind: 'GridLayout', spec: { items: null } } },
    status: {
      conversion: {
        failed: true,
        storedVersion: 'v0alpha1',
        error: 'backend conversion not yet implemented',
      },
    },
  };
  expect(unwrap(answer, [])).toMatchObject({
    why: expect.stringContaining('(backend conversion not yet implemented): ask for v0alpha1'),
  });
});
