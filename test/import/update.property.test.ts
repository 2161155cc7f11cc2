import { expect, test } from 'vitest';
import { compareDashboard } from '../../src/diff/compare-dashboard.ts';
import type { Json } from '../../src/diff/json.ts';
import { prepare } from '../../src/import/accept/prepare.ts';
import fc from '../fast-check.ts';
import { SHOP } from './shop.ts';
import { compiled, type Editable, update } from './update-workspace.ts';

/** What would break out of a literal, a template or a comment, and what formatters and editors stumble over. */
const text = fc.oneof(
  fc.constantFrom("it's", '${JOB}', '`', '*/ x /*', 'a\nb', '\\', '"', '😀', '// no', '{{a}}', '__proto__'),
  fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'aB0 _-\'"`$\\{}\n\u2028é\u{1F600}/*') }),
);

type Edit = (dashboard: Editable) => void;

const panelsOf = (dashboard: Editable): Editable[] =>
  dashboard.panels.flatMap((one: Editable) => (one.type === 'row' ? one.panels : [one]));

/** Sets a property by its path. */
function put(object: Editable, path: string, value: unknown): void {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) object[key] = value;
  else put(object[key], rest.join('.'), value);
}

/** A panel, whichever the number says, gets a value at a path. */
const ofPanel = (path: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
  fc.tuple(fc.nat(2), values).map(([index, value]) => (dashboard: Editable) => {
    const panels = panelsOf(dashboard);
    const panel = panels[index % panels.length];
    if (panel) put(panel, path, value);
  });

const ofDashboard = (path: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
  values.map((value) => (dashboard: Editable) => put(dashboard, path, value));

const prometheus = { type: 'prometheus', uid: 'prometheus' };
const query = (refId: string, expr: string) => ({
  refId,
  datasource: prometheus,
  expr,
  range: true,
  instant: false,
});
const GREEN = { mode: 'absolute', steps: [{ color: 'green', value: null }] };
const steps = fc.tuple(text, fc.integer()).map(([color, value]) => [
  { color: 'green', value: null },
  { color, value },
]);

const removal = fc.nat(2).map((index) => (dashboard: Editable) => {
  const gone = panelsOf(dashboard)[index];
  dashboard.panels = dashboard.panels.filter((one: Editable) => one !== gone);
});
const addition = fc
  .tuple(text, fc.constantFrom('stat', 'timeseries', 'text'))
  .map(([title, type]) => (dashboard: Editable) => {
    const count = dashboard.panels.length;
    dashboard.panels.push({
      id: 1000 + count,
      type,
      title,
      gridPos: { x: 0, y: 100 + count * 8, w: 12, h: 8 },
      fieldConfig: { defaults: { thresholds: GREEN }, overrides: [] },
      options: {},
      datasource: prometheus,
      targets: [query('A', 'up')],
    });
  });

const edit: fc.Arbitrary<Edit> = fc.oneof(
  ofPanel('title', text),
  ofPanel('description', text),
  ofPanel('fieldConfig.defaults.unit', fc.oneof(fc.constantFrom('s', 'bytes'), text)),
  ofPanel('fieldConfig.defaults.decimals', fc.nat(5)),
  ofPanel('fieldConfig.defaults.thresholds.steps', steps),
  ofPanel('targets.0.expr', fc.oneof(fc.constantFrom('up', 'rate(x[5m])', 'sum by (a) (b'), text)),
  ofPanel('targets.0.legendFormat', text),
  ofPanel(
    'targets',
    text.map((expr) => [query('A', 'up'), query('Q', expr)]),
  ),
  ofPanel('gridPos.w', fc.integer({ min: 1, max: 6 })),
  ofPanel('gridPos.h', fc.integer({ min: 2, max: 12 })),
  removal,
  addition,
  ofDashboard('title', text),
  ofDashboard('tags', fc.array(text, { maxLength: 3 })),
  ofDashboard('refresh', fc.constantFrom('5s', '1m', '')),
);

test('Whatever is edited is in the definition or listed, and comments stay', {
  timeout: 300_000,
}, async () => {
  const seed = Number(process.env.FC_SEED || Date.now());
  for (const edits of fc.sample(fc.array(edit, { minLength: 1, maxLength: 6 }), {
    numRuns: 3,
    seed,
  })) {
    let wanted: Editable;
    const {
      workspace,
      text: patched,
      stdout,
      exitCode,
    } = await update(SHOP, (dashboard) => {
      for (const one of edits) one(dashboard);
      wanted = dashboard;
    });
    const said = `FC_SEED=${seed}\n${stdout}`;
    const result = (await compiled(workspace.root, 'dashboards/x.ts')).get('shop');
    const difference = compareDashboard(
      { file: '', json: placed(result) },
      { file: '', json: placed(wanted) },
    );
    if (exitCode === 0) expect(difference, said).toBeUndefined();
    else expect(stdout).toContain('Left to change by hand');
    for (const comment of ['/* The one job. */', '// as in the menu', '// Below the fold.'])
      expect(patched, said).toContain(comment);
    expect(patched, said).toContain(SHOP.slice(SHOP.indexOf('function graph')));
  }
});

/** With gaps closed, as Grafana closes them. */
function placed(dashboard: Json): Json {
  return prepare(dashboard, []).dashboard;
}
