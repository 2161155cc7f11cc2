import { expect, test } from 'vitest';
import { type Json, objectOf, objectsOf } from '../../../diff/json.ts';
import { migrateDashboard } from './migrate-dashboard.ts';

/** One panel of a dashboard of a schema version, as Grafana 12 has it. */
function migrated(panel: Json, schemaVersion = 16) {
  const { dashboard, notes } = migrateDashboard({ schemaVersion, panels: [panel] });
  const [made = {}] = objectsOf(dashboard.panels);
  const { defaults, overrides } = objectOf(made.fieldConfig) ?? {};
  return { panel: made, defaults: objectOf(defaults), overrides: objectsOf(overrides), notes, dashboard };
}

const graph = (more: Json) => migrated({ type: 'graph', title: 'G', id: 7, ...more });
const property = (overrides: readonly Json[], index = 0) =>
  Object.fromEntries(objectsOf(overrides[index]?.properties).map(({ id, value }) => [id, value]));

test('What a graph left out counts as the graph panel took it', () => {
  expect(graph({}).defaults?.custom).toEqual({
    drawStyle: 'line',
    lineWidth: 1,
    fillOpacity: 10,
    showPoints: 'never',
    spanNulls: false,
  });
});

test.each([
  [
    { bars: true, fill: 2 },
    { drawStyle: 'bars', fillOpacity: 100 },
  ],
  [
    { fill: 1, fillGradient: 4 },
    { gradientMode: 'opacity', fillOpacity: 40 },
  ],
  [{ seriesOverrides: [{ alias: 'max', fillBelowTo: 'min' }] }, { fillOpacity: 35 }],
  [{ dashes: true, dashLength: 4 }, { lineStyle: { fill: 'dash', dash: [4, 10] } }],
  [
    { lines: false, points: true, pointradius: 5 },
    { drawStyle: 'points', showPoints: 'always', pointSize: 12 },
  ],
  [{ stack: true, percentage: true }, { stacking: { mode: 'percent', group: 'A' } }],
  [{ nullPointMode: 'connected' }, { spanNulls: true }],
  [{ yaxes: [{ logBase: 10, label: 'x' }] }, { scaleDistribution: { type: 'log', log: 10 }, axisLabel: 'x' }],
  [{ yaxes: [{ show: false }] }, { axisPlacement: 'hidden' }],
])('A graph with %j draws with %j', (old, custom) => {
  expect(graph(old).defaults?.custom).toMatchObject(custom);
});

test('Settings of single series become overrides, the second axis with all that it says otherwise', () => {
  const { overrides } = graph({
    yaxes: [
      { format: 's', min: 0 },
      { format: 'bytes', label: 'size', logBase: 2 },
    ],
    aliasColors: { a: 'red', b: '' },
    seriesOverrides: [
      { alias: '/total/i', yaxis: 2, bars: true, stack: false, transform: 'negative-Y' },
      { alias: 'b', dashes: true, lines: false, color: 'blue', legend: false },
      { alias: 'says nothing', zindex: 2 },
    ],
  });
  expect(overrides.map(({ matcher }) => matcher)).toEqual([
    { id: 'byName', options: 'a' },
    { id: 'byRegexp', options: '/total/i' },
    { id: 'byName', options: 'b' },
  ]);
  expect(property(overrides, 1)).toEqual({
    unit: 'bytes',
    'custom.axisPlacement': 'right',
    'custom.axisLabel': 'size',
    'custom.scaleDistribution': { type: 'log', log: 2 },
    'custom.drawStyle': 'bars',
    'custom.fillOpacity': 100,
    'custom.stacking': { mode: 'none', group: 'A' },
    'custom.transform': 'negative-Y',
  });
  expect(property(overrides, 2)).toEqual({
    'custom.lineWidth': 0,
    'custom.hideFrom': { legend: true, tooltip: false, viz: false },
    'custom.lineStyle': { fill: 'dash', dash: [10, 10] },
    color: { mode: 'fixed', fixedColor: 'blue' },
  });
});

test('A legend without zeros and an axis without times become overrides; earlier ones stay', () => {
  const earlier = { matcher: { id: 'byName', options: 'x' }, properties: [] };
  const { overrides, defaults } = graph({
    legend: { hideZero: true, hideEmpty: true },
    xaxis: { show: false, mode: 'time' },
    fieldConfig: { defaults: { links: [{ url: '/x' }] }, overrides: [earlier] },
  });
  expect(defaults).toMatchObject({ links: [{ url: '/x' }] });
  expect(overrides).toMatchObject([
    earlier,
    { matcher: { id: 'byValue', options: { reducer: 'allIsZero' } } },
    { matcher: { id: 'byValue', options: { reducer: 'allIsNull' } } },
    { matcher: { id: 'byType', options: 'time' }, properties: [{ value: 'hidden' }] },
  ]);
});

test.each([
  [
    [{ op: 'gt', value: 90, colorMode: 'critical', line: true }],
    [
      [null, 'transparent'],
      [90, 'red'],
    ],
    'line',
  ],
  [
    [{ op: 'lt', value: 5, colorMode: 'warning', fill: true }],
    [
      [null, 'orange'],
      [5, 'transparent'],
    ],
    'area',
  ],
  [
    [
      { op: 'gt', value: 9, colorMode: 'custom', fillColor: 'pink', fill: true, line: true },
      { op: 'lt', value: 1, colorMode: 'critical' },
    ],
    [
      [null, 'red'],
      [1, 'transparent'],
      [9, 'pink'],
    ],
    'line+area',
  ],
])('Thresholds %j of a graph become steps %j, drawn as %s', (old, steps, mode) => {
  const { defaults } = graph({ thresholds: old });
  expect(objectsOf(objectOf(defaults?.thresholds)?.steps).map(({ value, color }) => [value, color])).toEqual(
    steps,
  );
  expect(defaults?.custom).toMatchObject({ thresholdsStyle: { mode } });
});

test('The legend has statistics only where it showed values, the tooltip an order only where it showed all', () => {
  const legend = { values: true, show: true, current: true, max: true, avg: false, sideWidth: 200 };
  expect(graph({ legend, tooltip: { shared: true, sort: 1 } }).panel.options).toMatchObject({
    legend: { calcs: ['lastNotNull', 'max'], width: 200 },
    tooltip: { mode: 'multi', sort: 'asc' },
  });
  const quiet = { legend: { ...legend, values: false }, tooltip: { shared: false, sort: 2 } };
  expect(graph(quiet).panel.options).toMatchObject({
    legend: { calcs: [] },
    tooltip: { mode: 'single', sort: 'none' },
  });
});

test('A graph over other axes than time becomes a histogram, bars, or a bar chart', () => {
  const series = { mode: 'series', values: ['avg'] };
  expect(graph({ xaxis: { mode: 'histogram', buckets: 20 } }).panel).toMatchObject({
    type: 'histogram',
    options: { bucketCount: 20 },
  });
  expect(graph({ xaxis: series, legend: { values: true } }).panel).toMatchObject({
    type: 'bargauge',
    options: { reduceOptions: { calcs: ['mean'] } },
  });
  expect(graph({ xaxis: series }).panel).toMatchObject({
    type: 'barchart',
    transformations: [{ id: 'reduce', options: { reducers: ['mean'] } }],
  });
});

test('Times that a graph marked become annotations of that panel', () => {
  const { dashboard, panel } = graph({
    timeRegions: [{ fill: true, colorMode: 'red', from: '08:00', to: '17:00' }],
  });
  expect(panel).not.toHaveProperty('timeRegions');
  expect(objectOf(dashboard.annotations)?.list).toMatchObject([
    {
      name: 'Time region for panel G',
      iconColor: 'red',
      filter: { ids: [7] },
      target: { timeRegion: { from: '08:00' } },
    },
  ]);
});

test('What has no successor is named with its panel', () => {
  const { notes } = graph({
    alert: { name: 'a' },
    legend: { sort: 'current' },
    nullPointMode: 'null as zero',
  });
  expect(notes.slice(1)).toEqual([
    'Order of the legend (panel "G"): dropped.',
    'Alert of the graph panel, which does nothing since Grafana 11 (panel "G"): dropped.',
    'Missing values drawn as zero (panel "G"): dropped.',
  ]);
});

test('A singlestat keeps its column, its name as text, the colour of its line; words around it are dropped', () => {
  const { panel, defaults, notes } = migrated({
    type: 'singlestat',
    title: 'S',
    valueName: 'name',
    tableColumn: 'version',
    prefix: 'v',
    sparkline: { show: true, lineColor: 'blue' },
    mappingType: 1,
    valueMaps: [
      { value: 'null', text: 'N/A' },
      { value: '1', text: 'up' },
    ],
  });
  expect(panel.options).toMatchObject({
    textMode: 'name',
    colorMode: 'none',
    graphMode: 'area',
    orientation: 'horizontal',
    reduceOptions: { calcs: ['mean'], fields: '/^version$/' },
  });
  expect(defaults).toMatchObject({
    color: { mode: 'fixed', fixedColor: 'blue' },
    mappings: [
      { type: 'value', options: { 1: { text: 'up' } } },
      { type: 'special', options: { match: 'null', result: { text: 'N/A' } } },
    ],
  });
  expect(notes).toContain('Setting `prefix` of singlestat (panel "S"): dropped.');
});

test('An old table becomes one of today, its styles the fields and overrides', () => {
  const { panel, defaults, overrides } = migrated({
    type: 'table',
    title: 'T',
    transform: 'timeseries_aggregations',
    columns: [{ value: 'avg' }, { value: 'current' }],
    styles: [
      {
        pattern: '/.*/',
        unit: 's',
        decimals: 1,
        thresholds: ['5', '9'],
        colors: ['a', 'b', 'c'],
        colorMode: 'cell',
      },
      { pattern: 'Time', type: 'date', dateFormat: 'YYYY', alias: 'When' },
      { pattern: '/secret.*/', type: 'hidden' },
      { pattern: 'host', link: true, linkUrl: '/d/x', linkTooltip: 'Host', linkTargetBlank: true },
    ],
  });
  expect(panel).toMatchObject({
    type: 'table',
    transformations: [
      { id: 'reduce', options: { reducers: ['mean', 'lastNotNull'], includeTimeField: false } },
    ],
  });
  expect(defaults).toMatchObject({
    unit: 's',
    decimals: 1,
    custom: { cellOptions: { type: 'color-background' } },
    thresholds: {
      steps: [
        { color: 'a', value: null },
        { color: 'b', value: 5 },
        { color: 'c', value: 9 },
      ],
    },
  });
  expect(overrides.map((_, index) => property(overrides, index))).toEqual([
    { displayName: 'When', unit: 'time: YYYY' },
    { 'custom.hidden': true },
    { links: [{ title: 'Host', url: '/d/x', targetBlank: true }] },
  ]);
});

test('A table of today that has styles left is no old one', () => {
  const styles = [{ pattern: '/.*/' }];
  expect(migrated({ type: 'table', styles }, 30).panel).toMatchObject({ styles });
});

test('Options of stats and gauges before Grafana 7 stand with the fields', () => {
  const { panel, defaults } = migrated(
    {
      type: 'gauge',
      pluginVersion: '6.4.0',
      options: {
        showThresholdLabels: true,
        fieldOptions: {
          calcs: ['max'],
          values: false,
          defaults: {
            unit: 'percent',
            title: 'Load',
            thresholds: [
              { color: 'green', value: null },
              { color: 'red', value: 80 },
            ],
            mappings: [{ type: 2, from: '1', to: '5', text: 'low' }],
          },
          overrides: [],
        },
      },
    },
    22,
  );
  expect(panel.options).toEqual({
    showThresholdLabels: true,
    reduceOptions: { calcs: ['max'], values: false },
  });
  expect(defaults).toEqual({
    unit: 'percent',
    min: 0,
    max: 100,
    displayName: 'Load',
    thresholds: {
      mode: 'absolute',
      steps: [
        { color: 'green', value: null },
        { color: 'red', value: 80 },
      ],
    },
    mappings: [{ type: 'range', options: { from: 1, to: 5, result: { text: 'low' } } }],
  });
});

test.each<[string | undefined, Json]>([
  [undefined, { unit: 'percentunit', min: 0, max: 1 }],
  ['7.5.0', { unit: 'percentunit', min: 0, max: 1 }],
  ['10.0.0', { unit: 'percentunit' }],
])('A share in a stat of version %s has the range that Grafana gives it', (pluginVersion, expected) => {
  const fieldConfig = { defaults: { unit: 'percentunit' }, overrides: [] };
  const { defaults } = migrated(
    { type: 'stat', options: {}, fieldConfig, ...(pluginVersion && { pluginVersion }) },
    38,
  );
  expect(defaults).toEqual(expected);
});

const options = (legend: Json) => ({ type: 'timeseries', options: { legend } });
const custom = (of: Json) => ({ fieldConfig: { defaults: { custom: of }, overrides: [] } });
const cell = (property: Json) => ({
  type: 'table',
  fieldConfig: { defaults: {}, overrides: [{ matcher: {}, properties: [property] }] },
});

test.each<[number, Json, Json]>([
  [16, { minSpan: 8 }, { maxPerRow: 3 }],
  [
    18,
    { links: [{ dashboard: 'My Shop!', keepTime: true, params: 'a=1' }] },
    { links: [{ url: 'dashboard/db/my-shop?$__url_time_range&a=1', title: '' }] },
  ],
  [
    19,
    { options: { dataLinks: [{ url: '/d?x=$__series_name&y=${__value_time}' }] } },
    { options: { dataLinks: [{ url: '/d?x=${__series.name}&y=${__value.time}' }] } },
  ],
  [
    20,
    { options: { dataLinks: [{ url: '/${__series.labels.a}' }] } },
    { options: { dataLinks: [{ url: '/${__field.labels.a}' }] } },
  ],
  [25, { type: 'text2' }, { type: 'text' }],
  [
    29,
    { fieldConfig: { defaults: { mappings: [{ type: 1, value: '1', text: 'up' }] } } },
    { fieldConfig: { defaults: { mappings: [{ type: 'value', options: { 1: { text: 'up' } } }] } } },
  ],
  [
    29,
    { type: 'timeseries', options: { tooltipOptions: { mode: 'multi' } } },
    { options: { tooltip: { mode: 'multi' } } },
  ],
  [
    30,
    { transformations: [{ id: 'labelsToFields' }] },
    { transformations: [{ id: 'labelsToFields' }, { id: 'merge' }] },
  ],
  [
    33,
    {
      targets: [
        {
          refId: 'A',
          dimensions: {},
          namespace: 'n',
          region: 'r',
          metricName: 'm',
          statistics: ['Max', 'Min'],
        },
      ],
    },
    {
      targets: [
        { refId: 'A', statistic: 'Max' },
        { refId: 'B', statistic: 'Min' },
      ],
    },
  ],
  [
    34,
    { type: 'timeseries', ...custom({ axisPlacement: 'hidden' }) },
    {
      fieldConfig: {
        overrides: [{ matcher: { id: 'byType', options: 'time' }, properties: [{ value: 'auto' }] }],
      },
    },
  ],
  [36, options({ displayMode: 'hidden' }), options({ displayMode: 'list', showLegend: false })],
  [36, options({ displayMode: 'table' }), options({ displayMode: 'table', showLegend: true })],
  [
    37,
    { type: 'table', ...custom({ displayMode: 'lcd-gauge' }) },
    custom({ cellOptions: { type: 'gauge', mode: 'lcd' } }),
  ],
  [
    37,
    cell({ id: 'custom.displayMode', value: 'color-background-solid' }),
    cell({ id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } }),
  ],
])('In schema version %i %j becomes %j, and not in the next', (version, before, after) => {
  const panel = { type: 'stat', ...before };
  expect(migrated(panel, version).panel).toMatchObject(after);
  expect(migrated(panel, version + 1).panel).toMatchObject(before);
});

test.each<[number, Json, Json]>([
  [5, {}, { type: 'query' }],
  [11, { type: 'custom', hideLabel: true }, { hide: 1 }],
  [
    22,
    { type: 'custom', multi: true, current: { value: 'a', text: 'a' } },
    { current: { value: ['a'], text: ['a'] } },
  ],
  [22, { type: 'custom', multi: false, current: { value: ['a'] } }, { current: { value: 'a' } }],
  [26, { type: 'constant', hide: 0, query: 'x' }, { type: 'textbox', current: { value: 'x' } }],
  [26, { type: 'constant', hide: 2, query: 'x' }, { type: 'constant', current: { value: 'x' } }],
  [28, { type: 'query', refresh: 0 }, { refresh: 1 }],
])('In schema version %i the variable %j becomes %j', (schemaVersion, variable, after) => {
  const { dashboard } = migrateDashboard({ schemaVersion, templating: { list: [variable] } });
  expect(objectOf(dashboard.templating)?.list).toMatchObject([after]);
});

test('Copies of repeated panels are left out, and the shared crosshair is kept', () => {
  const panels = [
    { id: 1, type: 'stat', repeat: 'x' },
    { id: 2, type: 'stat', repeatPanelId: 1 },
    { type: 'row', panels: [{ id: 3, type: 'stat', repeatPanelId: 1 }] },
  ];
  const { dashboard, notes } = migrateDashboard({ schemaVersion: 12, sharedCrosshair: true, panels });
  expect(dashboard).toMatchObject({ graphTooltip: 1, panels: [{ id: 1 }, { type: 'row', panels: [] }] });
  expect(notes).toEqual(['Copies of repeated panels were left out: Grafana makes them anew.']);
});

test('What an earlier type left in a panel of today is left out, and a text stands in its options', () => {
  const { panel, notes } = migrated(
    { type: 'timeseries', yaxes: [], sparkline: {}, editable: true, interval: '1m' },
    36,
  );
  expect(panel).toEqual({ type: 'timeseries', interval: '1m' });
  expect(notes).toEqual(['What an earlier type had left in panels was left out: they do not read it.']);
  expect(migrated({ type: 'text', content: '# Hi', mode: 'html' }, 36).panel).toEqual({
    type: 'text',
    options: { mode: 'html', content: '# Hi' },
  });
  expect(migrated({ type: 'x-plugin', legend: {} }, 36).panel).toEqual({ type: 'x-plugin', legend: {} });
});
