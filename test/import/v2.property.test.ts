import { expect, test } from 'vitest';
import { prepare } from '../../src/import/accept/prepare.ts';
import { type Unwrapped, unwrap } from '../../src/import/accept/unwrap.ts';
import { importDashboards } from '../../src/import/import-dashboards.ts';
import { printImport } from '../../src/import/print-import.ts';
import { makeWorkspace } from '../cli/workspace.ts';
import fc from '../fast-check.ts';
import { asV2 } from './as-v2.fixture.ts';

const word = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'aB0 _-\'"`$\\{}é') });
const datasource = fc.constantFrom(
  { type: 'prometheus', uid: 'prometheus' },
  { type: 'loki', uid: 'loki' },
  { type: 'prometheus', uid: '${ds}' },
);
const target = fc.record(
  {
    datasource,
    expr: fc.constantFrom('up', 'sum by (a) (rate(x[5m]))', '{job="a"} |= "b"'),
    legendFormat: word,
    hide: fc.constant(true),
    queryType: fc.constant('range'),
  },
  { requiredKeys: ['datasource', 'expr', 'queryType'] },
);
const panel = fc.record(
  {
    type: fc.constantFrom('timeseries', 'stat', 'table', 'text', 'x-plugin'),
    title: word,
    description: word,
    transparent: fc.constant(true),
    interval: fc.constantFrom('15s', '1m'),
    targets: fc.array(target, { minLength: 1, maxLength: 3 }),
    options: fc.record({ legend: fc.record({ showLegend: fc.boolean(), calcs: fc.array(word) }), x: word }),
    fieldConfig: fc.record({
      defaults: fc.record({ unit: word, min: fc.integer() }, { requiredKeys: [] }),
      overrides: fc.constant([]),
    }),
    repeat: fc.constantFrom('v0', 'v1'),
    repeatDirection: fc.constantFrom('h', 'v'),
    w: fc.integer({ min: 1, max: 24 }),
    h: fc.integer({ min: 1, max: 12 }),
  },
  { requiredKeys: ['type', 'title', 'options', 'fieldConfig', 'w', 'h'] },
);
const variable = fc.oneof(
  fc.record({ type: fc.constant('custom'), query: word, hide: fc.nat(2), multi: fc.boolean() }),
  fc.record({ type: fc.constant('textbox'), query: word, hide: fc.nat(2) }),
  fc.record({
    type: fc.constant('query'),
    query: fc.record({ query: word, refId: fc.constant('A') }),
    hide: fc.nat(2),
    refresh: fc.nat(2),
    datasource,
  }),
);
const annotation = fc.record({
  name: word,
  enable: fc.boolean(),
  hide: fc.boolean(),
  iconColor: fc.constantFrom('red', 'blue'),
  datasource,
  target: fc.record({ expr: word }),
});
/** Panels one below the other; rows are folded, for only those keep their panels apart. */
const dashboard = fc
  .record({
    title: word,
    graphTooltip: fc.nat(2),
    refresh: fc.constantFrom('', '30s'),
    time: fc.constant({ from: 'now-2h', to: 'now' }),
    timezone: fc.constantFrom('browser', 'utc'),
    links: fc.array(fc.record({ title: word, type: fc.constant('link'), url: word }), { maxLength: 1 }),
    loose: fc.array(panel, { maxLength: 3 }),
    rows: fc.array(fc.record({ title: word, panels: fc.array(panel, { maxLength: 2 }) }), { maxLength: 2 }),
    variables: fc.array(variable, { maxLength: 2 }),
    annotations: fc.array(annotation, { maxLength: 1 }),
  })
  .map(({ loose, rows, variables, annotations, ...settings }) => {
    let id = 0;
    const placed = (panels: typeof loose, top: number) => {
      let y = top;
      return panels.map(({ w, h, targets, repeat, repeatDirection, ...one }) => {
        const gridPos = { x: 0, y, w, h };
        y += h;
        id++;
        const again = repeat === undefined ? {} : { repeat, repeatDirection };
        const queries = targets?.map((query, at) => ({ ...query, refId: 'ABC'.charAt(at) }));
        return { id, ...one, ...again, ...(queries ? { targets: queries } : {}), gridPos };
      });
    };
    const above = placed(loose, 0);
    const top = above.reduce((sum, { gridPos }) => sum + gridPos.h, 0);
    const folded = rows.map(({ title, panels }, at) => ({
      type: 'row',
      title,
      collapsed: true,
      gridPos: { x: 0, y: top + at, w: 24, h: 1 },
      panels: placed(panels, top + at + 1),
    }));
    return {
      ...settings,
      uid: 'd',
      panels: [...above, ...folded],
      templating: { list: variables.map((one, at) => ({ name: `v${at}`, ...one })) },
      annotations: { list: annotations },
    };
  });

const seed = Number(process.env.FC_SEED || Date.now());
const sample = fc.sample(dashboard, { numRuns: 50, seed });

test('A dashboard that both schemas can say is the same in both', () => {
  for (const classic of sample) {
    const [old, now] = [classic, asV2(classic)].map((value) => unwrap(value, []) as Unwrapped);
    expect(now?.losses, `FC_SEED=${seed}`).toEqual([]);
    const [wanted, made] = [old, now].map((one) => prepare(one?.dashboard ?? {}, []).dashboard);
    expect({ ...made, schemaVersion: undefined }, `FC_SEED=${seed}`).toMatchObject(
      JSON.parse(JSON.stringify(wanted)),
    );
  }
});

test('Whatever a dashboard of schema v2 holds, its definition compiles to the classic form', async () => {
  const { root } = makeWorkspace();
  const inputs = sample.map((classic, index) => ({
    name: `dashboard ${index}`,
    text: JSON.stringify(asV2({ ...classic, uid: `d${index}` })),
  }));
  const { results } = await importDashboards({ root, provisioning: 'provisioning', inputs, timeout: 60_000 });
  const refused = results.filter(({ kind }) => kind === 'refused');
  expect(printImport(refused.slice(0, 3), 'written'), `FC_SEED=${seed}`).toBe(printImport([], 'written'));
});

test('Whatever stands in a resource of schema v2, it is understood or refused in a sentence', () => {
  const key = fc.constantFrom(
    ...[
      'kind',
      'spec',
      'elements',
      'layout',
      'items',
      'rows',
      'tabs',
      'element',
      'name',
      'title',
      'repeat',
      'data',
    ],
    ...[
      'queries',
      'query',
      'group',
      'datasource',
      'vizConfig',
      'variables',
      'timeSettings',
      '__proto__',
      'a',
    ],
  );
  const kind = fc.constantFrom(
    'Panel',
    'GridLayout',
    'RowsLayout',
    'TabsLayout',
    'AutoGridLayout',
    'QueryVariable',
    'x',
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 8 },
      { weight: 1, arbitrary: fc.oneof(kind, fc.integer(), fc.constant(null), fc.boolean()) },
      { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
      { weight: 3, arbitrary: fc.dictionary(key, tie('value'), { maxKeys: 5 }) },
    ),
  }));
  const object = fc.dictionary(key, value, { maxKeys: 5 });
  const list = fc.option(fc.array(object, { maxLength: 3 }));
  const shaped = fc.record({
    elements: fc.dictionary(key, object, { maxKeys: 3 }),
    layout: fc.record({ kind, spec: object }),
    variables: list,
    annotations: list,
    links: list,
  });
  const shapeless = fc.record({
    elements: value,
    layout: value,
    variables: value,
    annotations: value,
    links: value,
  });
  const spec = fc.oneof({ weight: 3, arbitrary: shaped }, { weight: 1, arbitrary: shapeless });
  fc.assert(
    fc.property(spec, (one) => {
      const text = JSON.stringify({ apiVersion: 'dashboard.grafana.app/v2', kind: 'Dashboard', spec: one });
      const unwrapped = unwrap(JSON.parse(text), []);
      if ('why' in unwrapped) expect(unwrapped.why).toMatch(/^expected .*, found ./);
      else expect(prepare(unwrapped.dashboard, []).dashboard.panels).toBeInstanceOf(Array);
    }),
  );
});
