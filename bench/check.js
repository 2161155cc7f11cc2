/**
 * `check` of 1,000 and 10,000 dashboards beside reading and parsing the same files. DASHBOARD_LINTER=<binary> adds
 * grafana/dashboard-linter over the same files, one process a file.
 *
 *   node bench/check.js [--count 1000] [--runs 5]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, printFigures } from './whole-process.js';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000' }, runs: { type: 'string', default: '5' } },
});
const count = Number(values.count);
const root = mkdtempSync(join(tmpdir(), 'panelproof-bench-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
const folder = join(root, 'provisioning/dashboards/many');
mkdirSync(folder, { recursive: true });
mkdirSync(join(root, 'provisioning/datasources'));
writeFileSync(
  join(root, 'provisioning/datasources/ds.yaml'),
  'apiVersion: 1\ndatasources:\n  - {name: Prometheus, uid: prometheus, type: prometheus, url: "http://prometheus:9090", isDefault: true}\n',
);
writeFileSync(
  join(root, 'provisioning/dashboards/p.yaml'),
  'apiVersion: 1\nproviders:\n  - {name: many, type: file, updateIntervalSeconds: 30, options: {path: /etc/grafana/provisioning/dashboards/many}}\n',
);
for (let index = 0; index < count; index++)
  writeFileSync(join(folder, `${index}.json`), JSON.stringify(dashboard(index), undefined, 2));

const read = `const fs = require('node:fs');
for (const name of fs.readdirSync(${JSON.stringify(folder)})) JSON.parse(fs.readFileSync(${JSON.stringify(folder)} + '/' + name, 'utf8'));`;
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const commands = { 'read + parse': { args: ['-e', read] }, check: { args: [cli, 'check', root] } };
if (process.env.DASHBOARD_LINTER)
  commands['dashboard-linter'] = {
    args: [
      '-e',
      `const { spawnSync } = require('node:child_process');
for (let i = 0; i < ${count}; i++) spawnSync(${JSON.stringify(process.env.DASHBOARD_LINTER)}, ['lint', ${JSON.stringify(folder)} + '/' + i + '.json']);`,
    ],
  };
printFigures(
  `${count} dashboards of five panels`,
  await measure(commands, Number(values.runs)),
  'read + parse',
);

/** Five panels and six queries; every tenth dashboard has queries of its own, as real collections do. */
function dashboard(index) {
  const job = `service-${index % 10 === 0 ? index : index % 7}`;
  const queries = [
    [`sum(rate(http_requests_total{job="${job}"}[5m]))`],
    [`rate(rolls_total{job="${job}"}[1m])`],
    [`histogram_quantile(0.95, sum by (le) (rate(size_bucket{job="${job}"}[5m])))`],
    [`rate(a_total{job="${job}"}[1m])`, `rate(b_total{job="${job}"}[1m])`],
    [`rate(duration_seconds_sum{job="${job}"}[5m]) / rate(duration_seconds_count{job="${job}"}[5m])`],
  ];
  const datasource = { type: 'prometheus', uid: 'prometheus' };
  return {
    uid: `d${index}`,
    title: `Dashboard ${index}`,
    schemaVersion: 38,
    panels: queries.map((expressions, panel) => ({
      id: panel + 1,
      type: 'timeseries',
      title: `Panel ${panel}`,
      datasource,
      gridPos: { x: (panel % 2) * 12, y: (panel >> 1) * 8, w: 12, h: 8 },
      fieldConfig: { defaults: { unit: 'short' }, overrides: [] },
      options: { legend: { displayMode: 'list', placement: 'bottom', showLegend: true } },
      targets: expressions.map((expr, query) => ({
        refId: 'AB'[query],
        expr,
        datasource,
        legendFormat: '{{job}}',
      })),
    })),
  };
}
