/**
 * The query rules over the expressions of 10,000 dashboards, beside reading and parsing their files, in one process.
 * Each text is analysed once: the first run has everything to do, later ones find it known.
 *
 *   node bench/queries.js [--count 10000]
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

/** What Grafana writes into a time series panel when it saves one. */
const SAVED = {
  fieldConfig: {
    defaults: {
      color: { mode: 'palette-classic' },
      custom: {
        axisBorderShow: false,
        axisCenteredZero: false,
        axisColorMode: 'text',
        axisLabel: '',
        axisPlacement: 'auto',
        barAlignment: 0,
        barWidthFactor: 0.6,
        drawStyle: 'line',
        fillOpacity: 10,
        gradientMode: 'none',
        hideFrom: { legend: false, tooltip: false, viz: false },
        insertNulls: false,
        lineInterpolation: 'linear',
        lineWidth: 1,
        pointSize: 5,
        scaleDistribution: { type: 'linear' },
        showPoints: 'auto',
        spanNulls: false,
        stacking: { group: 'A', mode: 'none' },
        thresholdsStyle: { mode: 'off' },
      },
      mappings: [],
      thresholds: { mode: 'absolute', steps: [{ color: 'green' }, { color: 'red', value: 80 }] },
      unit: 'short',
    },
    overrides: [],
  },
  options: {
    legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true },
    tooltip: { hideZeros: false, mode: 'single', sort: 'none' },
  },
  pluginVersion: '12.2.0',
};

const { values } = parseArgs({ options: { count: { type: 'string', default: '10000' } } });
const count = Number(values.count);
const repository = join(import.meta.dirname, '..');
const root = mkdtempSync(join(tmpdir(), 'panelproof-bench-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));

const folder = join(root, 'provisioning/dashboards/many');
mkdirSync(folder, { recursive: true });
mkdirSync(join(root, 'provisioning/datasources'));
write(
  'provisioning/datasources/ds.yaml',
  'apiVersion: 1\ndatasources:\n  - {name: Prometheus, uid: prometheus, type: prometheus, url: "http://prometheus:9090", isDefault: true}\n',
);
write(
  'provisioning/dashboards/p.yaml',
  'apiVersion: 1\nproviders:\n  - {name: many, type: file, options: {path: /etc/grafana/provisioning/dashboards/many}}\n',
);
write('prometheus.yml', readFileSync(join(repository, 'stack/prometheus.yml'), 'utf8'));
write('metrics.ts', readFileSync(join(repository, 'dice-roller/metrics.ts'), 'utf8'));
for (let index = 0; index < count; index++)
  write(`provisioning/dashboards/many/${index}.json`, JSON.stringify(dashboard(index), undefined, 2));

const { ALL_RULES, diskTree, loadWorkspaces, runRules } = await panelproof();
const rules = ALL_RULES.filter(({ id }) => id.startsWith('query-'));
// The page cache and the compiler are warm for both sides.
readAll();
const read = Math.min(...[1, 2, 3].map(() => timed(readAll)));
const { workspaces } = loadWorkspaces(diskTree(root));
let findings = [];
const analyse = () => {
  findings = runRules(workspaces, { rules, style: true });
};
const first = timed(analyse);
const again = Math.min(timed(analyse), timed(analyse));
const queries = workspaces[0].dashboards.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries));
const texts = new Set(queries.map(({ expr }) => expr));

console.log(
  `${count} dashboards, ${queries.length} queries with ${texts.size} texts, ${rules.length} rules, ${findings.length} findings`,
);
row('read + JSON.parse', read);
row('query rules', first);
row('query rules again', again);

function row(name, milliseconds) {
  console.log(
    `${name.padEnd(18)} ${milliseconds.toFixed(0).padStart(6)} ms  ${(milliseconds / read).toFixed(2)} x`,
  );
}

/** Milliseconds of processor time: others may be at work on this machine. */
function timed(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function readAll() {
  for (const name of readdirSync(folder)) JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

function write(path, text) {
  writeFileSync(join(root, path), text);
}

/** The rules and the loader as one module; packages are taken from the repository. */
async function panelproof() {
  const outfile = join(root, 'panelproof.mjs');
  const require = `import{createRequire as r}from'node:module';const require=r(${JSON.stringify(join(repository, 'package.json'))});`;
  await build({
    stdin: {
      contents: `export { ALL_RULES } from './src/rules/all-rules.ts';
export { runRules } from './src/rules/run-rules.ts';
export { diskTree } from './src/load/file-tree.ts';
export { loadWorkspaces } from './src/load/workspaces.ts';`,
      resolveDir: repository,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: require },
    logLevel: 'error',
  });
  return import(outfile);
}

/** Five panels and six queries; every tenth dashboard has queries of its own, as real collections do. */
function dashboard(index) {
  const job = `dice-roller-stage4${index % 10 === 0 ? `",instance="host-${index}` : ''}`;
  const queries = [
    [`sum(async_rolls_total{job="${job}"})`],
    [`sum by (die_type, result) (rate(async_rolls_total{job="${job}"}[1m]))`],
    [`histogram_quantile(0.95, sum by (le) (rate(async_roll_batch_size_bucket{job="${job}"}[5m])))`],
    [`rate(dice_rolls_total{job="${job}"}[1m])`, `rate(async_rolls_total{job="${job}"}[1m])`],
    [
      `rate(async_roll_duration_seconds_sum{job="${job}"}[5m]) / rate(async_roll_duration_seconds_count{job="${job}"}[5m])`,
    ],
  ];
  return {
    uid: `d${index}`,
    title: `Dashboard ${index}`,
    schemaVersion: 41,
    panels: queries.map((texts, panel) => ({
      id: panel + 1,
      type: 'timeseries',
      title: `Panel ${panel}`,
      gridPos: { x: 0, y: 8 * panel, w: 24, h: 8 },
      datasource: { type: 'prometheus', uid: 'prometheus' },
      ...SAVED,
      targets: texts.map((expr, target) => ({
        refId: 'AB'[target],
        datasource: { type: 'prometheus', uid: 'prometheus' },
        expr,
        legendFormat: '__auto',
      })),
    })),
  };
}
