import { expect, test } from 'vitest';
import type { Json } from '../../diff/json.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import type { LoadedCatalogue } from '../../model/workspace.ts';
import { text } from '../code/code.ts';
import { valueName } from './value-name.ts';
import { writeDefinition } from './write-definition.ts';

const datasources = [
  { name: 'Prometheus', type: 'prometheus', effectiveUid: 'p', isDefault: true },
] as unknown as readonly ProvisionedDatasource[];
const catalogues = [
  {
    file: 'shop/metrics.ts',
    catalogue: {
      job: 'shop',
      metrics: {
        orders_total: { type: 'counter', help: '', labels: ['job', 'region'] },
        order_seconds: { type: 'histogram', help: '', labels: ['job', 'region'], buckets: [1] },
      },
    },
  },
] as unknown as readonly LoadedCatalogue[];

/** The definition of a panel a query, to a provisioned datasource or to the one that a variable names. */
function written(exprs: readonly string[], uid = 'p', more: Json = {}): string {
  const panels = exprs.map((expr, index) => ({
    id: index + 1,
    type: 'stat',
    title: `Panel ${'abcdefgh'.charAt(index)}`,
    gridPos: { x: 0, y: index * 4, w: 24, h: 4 },
    targets: [{ refId: 'A', datasource: { type: 'prometheus', uid }, expr, ...more }],
  }));
  return definitionOf(panels);
}

function definitionOf(panels: readonly Json[]): string {
  return writeDefinition(
    { uid: 'x', title: 'X', panels },
    { datasources, datasourceModule: undefined, folder: undefined, toTheLetter: false, catalogues },
  );
}

test('A selector that comes up again is a constant of its metric, and a label that is the same everywhere one of the label', () => {
  const code = written([
    'sum(orders_total{job="shop"})',
    'rate(orders_total{job="shop"}[5m])',
    'rate(order_seconds_sum{job="shop"}[5m])',
  ]);
  expect(code).toContain(`
const m = metrics(catalogue);
const job = 'shop';
const orders = m.orders_total.where({ job });
`);
  expect(code).toContain('prometheus.query(sum(orders))');
  expect(code).toContain("prometheus.query(rate(orders.over('5m')))");
  expect(code).toContain("rate(m.order_seconds.sum.where({ job }).over('5m'))");
});

test('What comes up once, and a label with several values, has no constant', () => {
  const code = written(['sum(orders_total{region="a"})', 'rate(orders_total{region="b"}[5m])']);
  expect(code).not.toMatch(/const (orders|region)/);
});

test('A long query of several panels is a constant of its metric, or of the first panel when it has several', () => {
  const one = 'rate(http_request_duration_seconds_count{code!="200"}[5m])';
  const two = 'sum(node_memory_MemTotal_bytes) - sum(node_memory_MemFree_bytes)';
  const code = written([one, two, one, two, 'up', 'up']);
  expect(code).toContain('const httpRequestDurationSecondsCountRate = promql.raw(');
  expect(code).toContain(`const panelBQuery = promql.raw('${two}');`);
  expect(code.match(/prometheus\.query\(panelBQuery\)/g)).toHaveLength(2);
  expect(code.match(/prometheus\.query\(promql\.raw\('up'\)\)/g)).toHaveLength(2);
});

test('A list of matchers in many queries is a constant that the texts name, whatever else is in them', () => {
  const list = 'cluster="$cluster", phase="Running"';
  const code = written([
    `a{${list}}`,
    `b{${list}}[1h:\${step}]`,
    `c{${list},code=~"4..|\`\\\\d"}`,
    `d{${list}} + e{x="1", ${list}}`,
  ]);
  expect(code).toContain(`const clusterAndPhaseRunning = '${list}';`);
  expect(code).toContain('promql.raw(`a{${clusterAndPhaseRunning}}`)');
  expect(code).toContain('`b{${clusterAndPhaseRunning}}[1h:\\${step}]`');
  expect(code).toContain('`c{${clusterAndPhaseRunning},code=~"4..|\\`\\\\\\\\d"}`');
  expect(code).toContain(`\`d{\${clusterAndPhaseRunning}} + e{x="1", ${list}}\``);
});

test('Queries of a datasource that a variable names begin with a function of the expression', () => {
  const code = written(['a', 'b', 'c'], '${ds}', { legendFormat: 'x', instant: true, range: false });
  expect(code).toContain(`
/** What queries of this kind have in common. */
function instantQuery(expr: string): PrometheusQuery {
  return new PrometheusQuery().datasource(ds).expr(expr).instant();
}
`);
  expect(code).toContain("instantQuery('a').legendFormat('x')");
});

test('Two queries of such a datasource are written out', () => {
  expect(written(['a', 'b'], '${ds}')).not.toContain('function query');
});

test('Overrides that several panels have are one list', () => {
  const colored = (name: string, fixedColor: string) => ({
    matcher: { id: 'byName', options: name },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor } }],
  });
  const overrides = [colored('ok', 'green'), colored('error', 'red')];
  const panel = (id: number, title: string) => ({
    id,
    type: 'stat',
    title,
    gridPos: { x: 0, y: id, w: 24, h: 4 },
    fieldConfig: { defaults: {}, overrides: id === 3 ? overrides.slice(1) : overrides },
  });
  const code = definitionOf([panel(1, 'One'), panel(2, 'Two'), panel(3, 'Three')]);
  expect(code).toContain(`
const seriesColors = [
  {
    matcher: { id: 'byName', options: 'ok' },
`);
  expect(code.match(/\.overrides\(seriesColors\)/g)).toHaveLength(2);
  expect(code.match(/\.withOverride\(/g)).toHaveLength(1);
});

test.each([
  ['thresholds', "steps([{ color: 'green', value: null }, { color: 'red', value: 80 }])", 'redFrom80'],
  [
    'thresholds',
    "mode(common.ThresholdsMode.Percentage).steps([{ color: '#fff', value: 2.5 }])",
    'thresholdsAt2Point5Percent',
  ],
  [
    'thresholds',
    "steps([{ color: 'a', value: 1 }, { color: 'b', value: 2 }, { color: 'c', value: 3 }])",
    'thresholds',
  ],
  [
    'legend',
    'displayMode(common.LegendDisplayMode.Table).placement(common.LegendPlacement.Right)',
    'tableLegendRight',
  ],
  ['legend', 'showLegend(false)', 'hiddenLegend'],
  ['tooltip', 'mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending)', 'descendingTooltip'],
  ['reduceOptions', "calcs(['lastNotNull'])", 'lastNotNullOnly'],
  ['colorScheme', "mode(FieldColorModeId.Fixed).fixedColor('blue')", 'fixedBlue'],
  ['stacking', 'mode(common.StackingMode.Percent)', 'percentStacking'],
  ['mappings', '[]', 'mappings'],
])('A value of %s, %s, is called %s', (method, code, name) => {
  expect(valueName(method, text(code))).toBe(name);
});
