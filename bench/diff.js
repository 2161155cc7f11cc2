/**
 * `diff` of 1,000 dashboards beside reading and parsing both states of them: a query and a unit changed in each, the
 * working tree against a commit, one in a hundred changed, and a new panel in each that moves all others.
 *
 *   node bench/diff.js [--count 1000] [--panels 20] [--runs 5]
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, printFigures } from './whole-process.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    panels: { type: 'string', default: '20' },
    runs: { type: 'string', default: '5' },
  },
});
const count = Number(values.count);
const root = mkdtempSync(join(tmpdir(), 'panelproof-bench-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
for (const state of ['before', 'each', 'moved', 'few']) {
  mkdirSync(join(root, state));
  for (let index = 0; index < count; index++) {
    const isChanged = state === 'each' || state === 'moved' || (state === 'few' && index % 100 === 0);
    writeFileSync(
      join(root, state, `${index}.json`),
      JSON.stringify(dashboard(index, isChanged, state === 'moved'), undefined, 2),
    );
  }
}
const repository = join(root, 'repository');
mkdirSync(repository);
for (const [state, words] of [
  [
    'before',
    [
      ['init', '-qb', 'main'],
      ['add', '-A'],
      ['commit', '-qm', 'before'],
    ],
  ],
  ['each', []],
]) {
  cpSync(join(root, state), repository, { recursive: true });
  for (const line of words)
    execFileSync('git', ['-c', 'user.name=B', '-c', 'user.email=b@example.org', ...line], {
      cwd: repository,
    });
}

const parse = `const fs = require('node:fs');
for (const folder of ['before', 'each'])
  for (const name of fs.readdirSync(folder)) JSON.parse(fs.readFileSync(folder + '/' + name, 'utf8'));`;
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const figures = await measure(
  {
    'parse both': { args: ['-e', parse], cwd: root },
    'each changed': { args: [cli, 'diff', 'before', 'each'], cwd: root },
    'each changed, Markdown': { args: [cli, 'diff', 'before', 'each', '--format', 'markdown'], cwd: root },
    'each changed, against a commit': { args: [cli, 'diff', 'main'], cwd: repository },
    'one in 100 changed': { args: [cli, 'diff', 'before', 'few'], cwd: root },
    'all panels moved': { args: [cli, 'diff', 'before', 'moved'], cwd: root },
  },
  Number(values.runs),
);
printFigures(`${count} dashboards of ${values.panels} panels`, figures, 'parse both');

/** A changed dashboard has another query and another unit; a moved one also a new panel above all others. */
function dashboard(index, isChanged, isMoved) {
  const datasource = { type: 'prometheus', uid: 'prometheus' };
  const panels = Array.from({ length: Number(values.panels) }, (_, panel) => ({
    id: panel + 1,
    type: 'timeseries',
    title: `Panel ${panel}`,
    description: 'What it shows, and what to do when it shows something else',
    datasource,
    gridPos: { x: (panel % 2) * 12, y: (panel >> 1) * 8 + (isMoved ? 4 : 0), w: 12, h: 8 },
    fieldConfig: {
      defaults: {
        unit: isChanged && panel === 1 ? 's' : 'short',
        custom: { drawStyle: 'line', fillOpacity: 10, lineWidth: 1, showPoints: 'never', spanNulls: false },
        thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }] },
      },
      overrides: [],
    },
    options: { legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true } },
    targets: [
      {
        refId: 'A',
        expr: `sum by (code) (rate(http_requests_total{job="service-${index}"}[${isChanged && panel === 0 ? '1m' : '5m'}]))`,
        datasource,
        legendFormat: '{{code}}',
      },
    ],
  }));
  const added = { ...panels[0], id: 1000, title: 'New', gridPos: { x: 0, y: 0, w: 24, h: 4 } };
  return {
    uid: `d${index}`,
    title: `Dashboard ${index}`,
    schemaVersion: 38,
    panels: isMoved ? [added, ...panels] : panels,
  };
}
