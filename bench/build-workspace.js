// Workspaces to measure: n dashboards of the five async panels, for panelproof and for the Foundation SDK alone.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '..');
const JOB = '{job="dice-roller-stage4"}';
const QUERIES = [
  ['Total Async Rolls', 'Stat', 'suffix:rolls', [[`sum(async_rolls_total${JOB})`]]],
  [
    'Async Roll Rate',
    'TimeSeries',
    'suffix:rolls/s',
    [[`rate(async_rolls_total${JOB}[1m])`, '{{die_type}} - {{result}}']],
  ],
  [
    'Async Batch Size (P95)',
    'Stat',
    'suffix:rolls',
    [[`histogram_quantile(0.95, rate(async_roll_batch_size_bucket${JOB}[5m]))`]],
  ],
  [
    'Async vs Sync Roll Rate',
    'TimeSeries',
    'suffix:rolls/s',
    [
      [`rate(dice_rolls_total${JOB}[1m])`, 'sync {{die_type}} - {{result}}'],
      [`rate(async_rolls_total${JOB}[1m])`, 'async {{die_type}} - {{result}}'],
    ],
  ],
  [
    'Avg Async Batch Duration',
    'Stat',
    's',
    [[`rate(async_roll_duration_seconds_sum${JOB}[5m]) / rate(async_roll_duration_seconds_count${JOB}[5m])`]],
  ],
];

/** A new workspace of panelproof: `files` definitions that export `each` dashboards. */
export function panelproofWorkspace(root, files, each) {
  empty(root);
  write(root, {
    'provisioning/datasources/datasources.yaml':
      'apiVersion: 1\ndatasources:\n  - { name: Prometheus, uid: prometheus, type: prometheus, access: proxy, url: "http://prometheus:9090", isDefault: true }\n',
    'provisioning/dashboards/providers.yaml':
      "apiVersion: 1\nproviders:\n  - name: general\n    folder: ''\n    type: file\n    updateIntervalSeconds: 30\n    options:\n      path: /etc/grafana/provisioning/dashboards/general\n",
    'dashboards/lib/datasources.ts':
      "import { datasource } from 'panelproof';\n\nexport const prometheus = datasource('Prometheus', 'prometheus');\n",
  });
  const panels = QUERIES.map(([title, kind, unit, queries], index) => {
    const targets = queries.map(([expr, legend]) => {
      const options = legend === undefined ? '' : `, { legend: '${legend}' }`;
      return `.withTarget(prometheus.query('${expr}'${options}))`;
    });
    return `    p${index}: new ${kind}().title('${title}').unit('${unit}')${targets.join('')},`;
  });
  for (let file = 0; file < files; file++)
    write(root, {
      [`dashboards/d${file}.ts`]: [
        "import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';",
        "import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';",
        "import { dashboard, row } from 'panelproof';",
        "import { prometheus } from './lib/datasources.ts';",
        '',
        `export default Array.from({ length: ${each} }, (_, index) => dashboard({`,
        `  uid: \`d${file}-\${index}\`,`,
        `  title: \`Dashboard ${file}-\${index}\`,`,
        "  refresh: '30s',",
        '  panels: {',
        ...panels,
        '  },',
        "  layout: [row(5, 'p0', 'p2', 'p4'), row(9, 'p1', 'p3')],",
        '}));',
        '',
      ].join('\n'),
    });
}

/** The same dashboards by the SDK's own dashboard builder, in one module that writes them to the folder `out`. */
export function sdkProgram(root, dashboards) {
  empty(root);
  const panels = QUERIES.map(([title, kind, unit, queries]) => {
    const targets = queries.map(([expr, legend], index) => {
      const more = legend === undefined ? '' : `.legendFormat('${legend}')`;
      return `.withTarget(new Query().datasource(ds).expr('${expr}').range().refId('${'AB'[index]}')${more})`;
    });
    return `  .withPanel(new ${kind}().title('${title}').unit('${unit}').datasource(ds).span(8)${targets.join('')})`;
  });
  const text = [
    "import { mkdirSync, writeFileSync } from 'node:fs';",
    "import { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';",
    "import { DataqueryBuilder as Query } from '@grafana/grafana-foundation-sdk/prometheus';",
    "import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';",
    "import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';",
    '',
    "const ds = { type: 'prometheus', uid: 'prometheus' };",
    "mkdirSync('out', { recursive: true });",
    `for (let index = 0; index < ${dashboards}; index++) {`,
    '  const built = new DashboardBuilder(`Dashboard ${index}`).uid(`d${index}`)',
    ...panels,
    '  .build();',
    '  writeFileSync(`out/d${index}.json`, `${JSON.stringify(built, undefined, 2)}\\n`);',
    '}',
    '',
  ].join('\n');
  write(root, { 'program.ts': text, 'package.json': '{ "type": "module" }\n' });
}

function empty(root) {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  for (const name of ['@grafana', '@types', 'typescript', 'ts-node'])
    symlinkSync(join(REPOSITORY, 'node_modules', name), join(root, 'node_modules', name));
}

function write(root, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
