import { expect, test } from 'vitest';
import { importDashboards } from '../../src/import/import-dashboards.ts';
import { printImport } from '../../src/import/print-import.ts';
import { makeWorkspace } from '../cli/workspace.ts';
import fc from '../fast-check.ts';

const TYPES = [
  'timeseries',
  'stat',
  'gauge',
  'bargauge',
  'table',
  'text',
  'heatmap',
  'piechart',
  'logs',
  'x-plugin',
];
const UIDS = ['prometheus', 'loki', 'tempo', '${ds}', 'gone', '-- Mixed --'];

const word = fc.oneof(
  fc.constantFrom('unit', 'legend', 'mode', 'calcs', '__proto__', 'a b', "it's"),
  fc.string({ maxLength: 8, unit: fc.constantFrom(...'aB0 _-\'"`$\\{}\n\u2028é\u{1F600}') }),
);
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
    word,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 3 }),
  ),
})).value;

const datasource = fc.record({
  type: fc.constantFrom('prometheus', 'loki', 'mysql'),
  uid: fc.constantFrom(...UIDS),
});
const target = fc.record(
  {
    refId: fc.constantFrom('A', 'B', 'C', 'long name'),
    datasource,
    expr: fc.oneof(fc.constantFrom('up', 'rate(x[5m])', 'sum by (a) (b'), word),
    legendFormat: word,
    instant: fc.boolean(),
    range: fc.boolean(),
    format: fc.constantFrom('table', 'heatmap', 'time_series', 'odd'),
    extra: json,
  },
  { requiredKeys: ['datasource', 'expr'] },
);
/** Some settings with names that builders know and values that they may not, some that nobody knows. */
const options = fc.record(
  {
    legend: fc.oneof(
      json,
      fc.record({ displayMode: fc.constantFrom('list', 'table'), calcs: fc.array(word) }),
    ),
    tooltip: fc.record({ mode: fc.constantFrom('multi', 'odd'), sort: fc.constantFrom('asc', 7) }),
    reduceOptions: fc.record({ calcs: fc.constant(['mean']), values: fc.boolean() }, { requiredKeys: [] }),
    graphMode: fc.constantFrom('none', 'area', 'odd'),
    showHeader: fc.boolean(),
    content: word,
    unknown: json,
  },
  { requiredKeys: [] },
);
const defaults = fc.record(
  {
    unit: fc.oneof(fc.constantFrom('s', 'bytes', 'suffix:x'), word),
    min: fc.integer(),
    decimals: fc.constantFrom(0, 2, null),
    color: fc.record({ mode: fc.constantFrom('thresholds', 'fixed', 'odd'), fixedColor: word }),
    thresholds: fc.record({
      mode: fc.constantFrom('absolute', 'percentage'),
      steps: fc.array(fc.record({ color: word, value: fc.option(fc.integer()) }), { maxLength: 3 }),
    }),
    mappings: fc.oneof(
      fc.constant([]),
      fc.constant([{ type: 'value', options: { 1: { text: 'up' } } }]),
      fc.array(json, { maxLength: 2 }),
    ),
    custom: fc.record(
      {
        lineWidth: fc.nat(9),
        fillOpacity: fc.nat(99),
        stacking: fc.constant({ mode: 'normal', group: 'A' }),
        odd: json,
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const place = fc.record({
  x: fc.nat(23),
  y: fc.nat(40),
  w: fc.integer({ min: 1, max: 24 }),
  h: fc.integer({ min: 1, max: 12 }),
});
const panel = fc.record(
  {
    id: fc.nat(30),
    type: fc.constantFrom(...TYPES),
    title: fc.oneof(fc.constantFrom('CPU', 'Memory used', ''), word),
    description: word,
    gridPos: place,
    datasource,
    targets: fc.array(target, { maxLength: 3 }),
    options,
    fieldConfig: fc.record({ defaults, overrides: fc.array(json, { maxLength: 1 }) }, { requiredKeys: [] }),
    transparent: fc.boolean(),
    repeat: word,
    transformations: fc.array(fc.record({ id: word, options: json }), { maxLength: 2 }),
    links: fc.array(fc.record({ title: word, url: word, targetBlank: fc.boolean() }), { maxLength: 1 }),
    odd: json,
  },
  { requiredKeys: ['type', 'gridPos'] },
);
const row = fc.record({
  type: fc.constant('row'),
  title: word,
  collapsed: fc.boolean(),
  gridPos: fc.record({ x: fc.constant(0), y: fc.nat(40), w: fc.constant(24), h: fc.constant(1) }),
  panels: fc.array(panel, { maxLength: 2 }),
});
const dashboard = fc.record(
  {
    title: word,
    panels: fc.array(fc.oneof({ weight: 5, arbitrary: panel }, { weight: 1, arbitrary: row }), {
      maxLength: 8,
    }),
    tags: fc.array(word, { maxLength: 2 }),
    timepicker: json,
    templating: fc.record({
      list: fc.array(
        fc.record({
          name: word.map((name) => `v${name}`),
          type: fc.constantFrom('query', 'custom', 'interval', 'textbox', 'constant', 'datasource', 'odd'),
          query: word,
          multi: fc.boolean(),
          extra: json,
        }),
        { maxLength: 2 },
      ),
    }),
    odd: json,
  },
  { requiredKeys: ['panels'] },
);

test('Whatever a dashboard holds, its definition compiles to the same', async () => {
  const { root } = makeWorkspace();
  const seed = Number(process.env.FC_SEED || Date.now());
  // Proved all at once, for each proof starts two processes.
  const inputs = fc.sample(dashboard, { numRuns: 60, seed }).map((one, index) => ({
    name: `dashboard ${index}`,
    text: JSON.stringify({ ...one, uid: `d${index}` }),
  }));
  const { results } = await importDashboards({ root, provisioning: 'provisioning', inputs, timeout: 60_000 });
  const refused = results.filter(({ kind }) => kind === 'refused');
  expect(printImport(refused.slice(0, 3), 'written'), `FC_SEED=${seed}`).toBe(printImport([], 'written'));
});
