import { expect, test, vi } from 'vitest';
import { panel, SHOP } from './shop.ts';
import { changedLines, type Editable, update } from './update-workspace.ts';

// Each update compiles and checks types in processes of their own, several times.
vi.setConfig({ testTimeout: 180_000 });

const thresholds = [
  { color: 'green', value: null },
  { color: 'red', value: 80 },
];
const logs = {
  type: 'logs',
  id: 900,
  title: 'Log lines',
  gridPos: { x: 0, y: 14, w: 24, h: 8 },
  datasource: { type: 'loki', uid: 'loki' },
  targets: [{ refId: 'A', expr: '{a="b"}', queryType: 'range', datasource: { type: 'loki', uid: 'loki' } }],
  options: { showTime: true, showLogContextToggle: false },
};

/** What somebody does in Grafana, the lines that go and the lines that come. */
type Case = readonly [edit: (dashboard: Editable) => void, gone: string[], come: string[]];

const CASES: Record<string, Case> = {
  'Titles change where they stand, in a call or given to a function, whatever characters they have': [
    (d) => {
      panel(d, 'Up').title = "It's ${up}\n`x` */ 😀";
      panel(d, 'Load').title = 'Load "now"';
      d.title = 'Shop two';
    },
    ["title: 'Shop', // as in the menu", ".title('Up')", "load: graph('Load')"],
    [
      "title: 'Shop two', // as in the menu",
      '.title("It\'s ${up}\\n`x` */ 😀")',
      'load: graph(\'Load "now"\')',
    ],
  ],
  'Settings of panels change, come, and go with the import that only they needed': [
    (d) => {
      panel(d, 'Up').description = 'a */ b';
      panel(d, 'Up').fieldConfig.defaults.decimals = 1;
      panel(d, 'Up').fieldConfig.defaults.unit = 'reqps';
      panel(d, 'Load').fieldConfig.defaults.unit = undefined;
      panel(d, 'Load').fieldConfig.defaults.thresholds.steps = thresholds;
    },
    [
      "import { Seconds } from '@grafana/grafana-foundation-sdk/units';",
      ".unit('short') // a count",
      '.unit(Seconds)',
    ],
    [
      "import { ThresholdsConfigBuilder } from '@grafana/grafana-foundation-sdk/dashboard';",
      "import { RequestsPerSecond } from '@grafana/grafana-foundation-sdk/units';",
      ".description('a */ b')",
      '.unit(RequestsPerSecond) // a count',
      '.decimals(1)',
      '.thresholds(',
      'new ThresholdsConfigBuilder().steps([',
      "{ color: 'green', value: null },",
      "{ color: 'red', value: 80 },",
      ']),',
      ')',
    ],
  ],
  'What a shared function sets is set for the one panel': [
    (d) => {
      panel(d, 'Errors').fieldConfig.defaults.custom.lineWidth = 3;
    },
    ["errors: graph('Errors').withTarget(prometheus.query('errors_total')),"],
    ["errors: graph('Errors').lineWidth(3).withTarget(prometheus.query('errors_total')),"],
  ],
  'Queries and legends change, come and go': [
    (d) => {
      panel(d, 'Up').targets[0].expr = 'up{job="a\\"b"} > 0';
      panel(d, 'Load').targets[1].legendFormat = 'idle `x`';
      panel(d, 'Load').targets.shift();
      panel(d, 'Errors').targets.push({ ...panel(d, 'Errors').targets[0], refId: 'B', expr: 'more' });
    },
    [
      '.withTarget(prometheus.query(\'up{job="shop"}\')),',
      ".withTarget(prometheus.query(load, { legend: '{{instance}}' }))",
      ".withTarget(prometheus.query('idle')),",
      "errors: graph('Errors').withTarget(prometheus.query('errors_total')),",
    ],
    [
      '.withTarget(prometheus.query(promql.raw(\'up{job="a\\\\"b"} > 0\'))),',
      ".withTarget(prometheus.query('idle', { legend: 'idle `x`' }).refId('B')),",
      "errors: graph('Errors')",
      ".withTarget(prometheus.query('errors_total'))",
      ".withTarget(prometheus.query(promql.raw('more'))),",
    ],
  ],
  'Queries of a panel go to another datasource together': [
    (d) => {
      const datasource = { type: 'loki', uid: 'loki' };
      panel(d, 'Load').datasource = datasource;
      panel(d, 'Load').targets = ['A', 'B'].map((refId) => ({
        refId,
        datasource,
        expr: '{a="b"}',
        queryType: 'range',
      }));
    },
    [
      "import { prometheus } from './lib/datasources.ts';",
      ".withTarget(prometheus.query(load, { legend: '{{instance}}' }))",
      ".withTarget(prometheus.query('idle')),",
    ],
    [
      "import { loki, prometheus } from './lib/datasources.ts';",
      '.withTarget(loki.query(\'{a="b"}\'))',
      '.withTarget(loki.query(\'{a="b"}\')),',
    ],
  ],
  'Sizes and places change in the rows of the layout': [
    (d) => {
      panel(d, 'Up').gridPos.w = 8;
      panel(d, 'Load').gridPos = { x: 8, y: 1, w: 16, h: 4 };
      panel(d, 'Errors').gridPos.h = 10;
    },
    ["section('Now', [row(4, ['up', 6], 'load')]),", "section('Later', [row(8, 'errors')]),"],
    ["section('Now', [row(4, ['up', 8], ['load', 16])]),", "section('Later', [row(10, 'errors')]),"],
  ],
  'Rows are renamed and folded': [
    (d) => {
      const row = d.panels.find(({ title }: Editable) => title === 'Later');
      row.panels = [panel(d, 'Errors')];
      d.panels.pop();
      Object.assign(row, { title: 'After', collapsed: true });
    },
    ["section('Later', [row(8, 'errors')]),"],
    ["section('After', [row(8, 'errors')], { collapsed: true }),"],
  ],
  'A new panel gets a key, its datasource and a place': [
    (d) => {
      d.panels.push(logs);
    },
    ["import { prometheus } from './lib/datasources.ts';", "section('Later', [row(8, 'errors')]),"],
    [
      "import { PanelBuilder as Logs } from '@grafana/grafana-foundation-sdk/logs';",
      "import { loki, prometheus } from './lib/datasources.ts';",
      "logLines: new Logs().title('Log lines').id(900).showTime(true).withTarget(loki.query('{a=\"b\"}')),",
      "section('Later', [row(8, 'errors'), row(8, 'logLines')]),",
    ],
  ],
  'A panel that was removed goes with the comment above it and with what it imported': [
    (d) => {
      d.panels = d.panels.filter((one: Editable) => one !== panel(d, 'Load'));
    },
    [
      "import { Seconds } from '@grafana/grafana-foundation-sdk/units';",
      '/** How busy it is. */',
      "load: graph('Load')",
      '.unit(Seconds)',
      ".withTarget(prometheus.query(load, { legend: '{{instance}}' }))",
      ".withTarget(prometheus.query('idle')),",
      "section('Now', [row(4, ['up', 6], 'load')]),",
    ],
    ["section('Now', [row(4, ['up', 6])]),"],
  ],
  'Settings, variables, annotations and links of the dashboard come where people look for them': [
    (d) => {
      Object.assign(d, {
        description: 'd\n2',
        tags: ['a'],
        time: { from: 'now-1h', to: 'now' },
        refresh: '5s',
      });
      d.templating.list.push({
        ...{ type: 'interval', name: 'w', query: '1m,5m', current: { text: '1m', value: '1m' } },
        ...{ auto: false, auto_min: '10s', auto_count: 30 },
      });
    },
    [],
    [
      "import { IntervalVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';",
      "description: 'd\\n2',",
      "tags: ['a'],",
      "time: { from: 'now-1h', to: 'now' },",
      "refresh: '5s',",
      "variables: [new IntervalVariableBuilder('w').values('1m,5m').current({ text: '1m', value: '1m' })],",
    ],
  ],
};

test.each(Object.entries(CASES))('%s', async (_, [edit, gone, come]) => {
  const { text, exitCode, stdout } = await update(SHOP, edit);
  expect(stdout).toContain('Written: dashboards/x.ts');
  expect(stdout).toContain('Next: npm run build-dashboards');
  expect(changedLines(SHOP, text)).toEqual({ gone, come });
  expect(exitCode).toBe(0);
});
