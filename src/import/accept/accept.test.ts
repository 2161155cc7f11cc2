import { expect, test } from 'vitest';
import { objectsOf } from '../../diff/json.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import { prepare } from './prepare.ts';
import { unwrap } from './unwrap.ts';

const datasources = [
  { name: 'Metrics', type: 'prometheus', effectiveUid: 'm', isDefault: true },
  { name: 'Logs', type: 'loki', effectiveUid: 'l', isDefault: false },
] as unknown as readonly ProvisionedDatasource[];

const panelsOf = (panels: readonly unknown[], more = {}) => {
  const { dashboard, notes } = prepare({ uid: 'x', title: 'X', panels, ...more }, datasources);
  return { panels: objectsOf(dashboard.panels), notes: notes.join(' ') };
};

test('An answer of the API and a resource hold the dashboard; their folder and name are kept', () => {
  const classic = { title: 'T', panels: [] };
  expect(unwrap({ dashboard: classic, meta: { folderTitle: 'Shop' } }, [])).toMatchObject({
    dashboard: classic,
    folder: 'Shop',
  });
  const resource = {
    apiVersion: 'dashboard.grafana.app/v1',
    kind: 'Dashboard',
    metadata: { name: 'n' },
    spec: classic,
  };
  expect(unwrap(resource, [])).toMatchObject({ dashboard: { uid: 'n', title: 'T' } });
});

test.each([
  [[], 'expected a dashboard, found a list'],
  [{ a: 1 }, 'expected a dashboard with `panels`'],
  [{ kind: 'Dashboard', apiVersion: 'dashboard.grafana.app/v2', spec: { title: 'T' } }, 'found neither'],
  [{ kind: 'Folder', apiVersion: 'folder.grafana.app/v1', spec: {} }, 'found Folder'],
])('%j is refused: %s', (value, why) => {
  expect(unwrap(value, [])).toMatchObject({ why: expect.stringContaining(why) });
});

test('Inputs of an export become the datasource of their type; one of a type that is not there stays, and is said', () => {
  const exported = {
    __inputs: [
      { name: 'DS_P', type: 'datasource', pluginId: 'prometheus' },
      { name: 'DS_Q', type: 'datasource', pluginId: 'mysql' },
    ],
    title: 'T',
    panels: [{ datasource: { uid: '${DS_P}' } }, { datasource: { uid: '${DS_Q}' } }],
  };
  expect(unwrap(exported, datasources)).toMatchObject({
    dashboard: { panels: [{ datasource: { uid: 'm' } }, { datasource: { uid: '${DS_Q}' } }] },
    notes: ['Input ${DS_P} is the datasource Metrics.', expect.stringContaining('${DS_Q} stays')],
  });
});

test('A graph becomes a time series with its lines, axis, legend, colours and thresholds', () => {
  const { panels, notes } = panelsOf([
    {
      type: 'graph',
      title: 'CPU',
      fill: 3,
      linewidth: 2,
      stack: true,
      percentage: true,
      aliasColors: { idle: 'green' },
      legend: { show: true, rightSide: true, alignAsTable: true, values: true, current: true },
      tooltip: { shared: true, sort: 2 },
      thresholds: [{ colorMode: 'critical', value: 90 }],
      yaxes: [{ format: 'percent', min: '0', max: null }],
    },
  ]);
  expect(notes).toContain('graph became time series');
  expect(panels[0]).toMatchObject({
    type: 'timeseries',
    fieldConfig: {
      defaults: {
        unit: 'percent',
        min: 0,
        custom: { fillOpacity: 30, lineWidth: 2, stacking: { mode: 'percent' } },
        thresholds: { steps: [{ value: null }, { value: 90, color: 'red' }] },
      },
      overrides: [{ matcher: { options: 'idle' } }],
    },
    options: {
      legend: { placement: 'right', displayMode: 'table', calcs: ['lastNotNull'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  });
  expect(panels[0]).not.toHaveProperty('yaxes');
});

test('A singlestat becomes a stat, and a gauge where it drew one', () => {
  const { panels } = panelsOf([
    {
      type: 'singlestat',
      title: 'a',
      format: 's',
      valueName: 'avg',
      thresholds: '1,2',
      colors: ['a', 'b', 'c'],
      colorBackground: true,
      valueMaps: [{ value: '1', text: 'up' }],
    },
    { type: 'singlestat', title: 'b', gauge: { show: true, minValue: 0, maxValue: 9 } },
  ]);
  expect(panels).toMatchObject([
    {
      type: 'stat',
      fieldConfig: {
        defaults: {
          unit: 's',
          thresholds: {
            steps: [
              { color: 'a', value: null },
              { color: 'b', value: 1 },
              { color: 'c', value: 2 },
            ],
          },
          mappings: [{ type: 'value', options: { 1: { text: 'up' } } }],
        },
      },
      options: { colorMode: 'background', graphMode: 'none', reduceOptions: { calcs: ['mean'] } },
    },
    { type: 'gauge', fieldConfig: { defaults: { min: 0, max: 9 } } },
  ]);
});

test('Datasources by name, and the default one, become references that the provisioning knows', () => {
  const { panels } = panelsOf([
    { type: 'stat', title: 'a', datasource: 'Logs', targets: [{ expr: '{a="b"}' }] },
    { type: 'stat', title: 'b', datasource: null, targets: [{ expr: 'up' }, { expr: 'down' }] },
  ]);
  expect(panels).toMatchObject([
    { datasource: { type: 'loki', uid: 'l' }, targets: [{ refId: 'A', queryType: 'range' }] },
    { datasource: { type: 'prometheus', uid: 'm' }, targets: [{ refId: 'A' }, { refId: 'B' }] },
  ]);
});

test('A query for a moment asks for that alone, and what editors noted in it is left out', () => {
  const { panels } = panelsOf([
    { type: 'stat', title: 'a', targets: [{ expr: 'up', instant: true, step: 240, metric: 'up' }] },
  ]);
  expect(panels[0]?.targets).toEqual([{ refId: 'A', expr: 'up', instant: true, range: false }]);
});

test('A row keeps its id only where its title is not its own', () => {
  const row = (id: number, title: string, y: number) => ({
    type: 'row',
    id,
    title,
    gridPos: { x: 0, y, w: 24, h: 1 },
  });
  const { panels } = panelsOf([row(1, 'One', 0), row(2, 'Two', 1), row(3, 'Two', 2)]);
  expect(panels.map(({ id }) => id)).toEqual([undefined, 2, 3]);
});

test('Rows of the oldest dashboards become a grid with headings', () => {
  const rows = [
    {
      title: 'One',
      showTitle: true,
      height: '250px',
      panels: [
        { id: 1, type: 'text', span: 6 },
        { id: 2, type: 'text', span: 8 },
      ],
    },
    { title: 'Two', collapse: true, panels: [{ id: 3, type: 'text', span: 12 }] },
  ];
  const { dashboard } = prepare({ title: 'Old', rows }, []);
  expect(dashboard.panels).toMatchObject([
    { type: 'row', title: 'One', gridPos: { y: 0 } },
    { id: 1, gridPos: { x: 0, y: 1, w: 12, h: 7 } },
    { id: 2, gridPos: { x: 0, y: 8, w: 16, h: 7 } },
    { type: 'row', title: 'Two', collapsed: true, panels: [{ id: 3, gridPos: { x: 0, w: 24 } }] },
  ]);
});

test('Panels stand where Grafana shows them: gaps closed, within the columns, none on another', () => {
  const panel = (title: string, x: number, y: number, w: number, h: number) => ({
    type: 'text',
    title,
    gridPos: { x, y, w, h },
  });
  const { panels } = panelsOf([
    panel('far', 0, 50, 12, 4),
    panel('wide', 20, 9, 30, 4),
    panel('under', 2, 51, 12, 4),
  ]);
  expect(panels.map(({ title, gridPos }) => [title, gridPos])).toEqual([
    ['wide', { x: 0, y: 0, w: 24, h: 4 }],
    ['far', { x: 0, y: 4, w: 12, h: 4 }],
    ['under', { x: 2, y: 8, w: 12, h: 4 }],
  ]);
});

test('Names of no length in a bar chart get any: Grafana shows each of them as "..."', () => {
  const { panels, notes } = panelsOf([
    { type: 'barchart', options: { xTickLabelMaxLength: 0, barWidth: 1 } },
    { type: 'barchart', options: { xTickLabelMaxLength: 7 } },
  ]);
  expect(panels.map(({ options }) => options)).toEqual([{ barWidth: 1 }, { xTickLabelMaxLength: 7 }]);
  expect(notes).toContain('Names of at most 0 letters in bar charts');
});
