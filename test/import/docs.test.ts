import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { importDashboards } from '../../src/import/import-dashboards.ts';
import { panelproof } from '../cli/workspace.ts';
import { savedInGrafana } from './saved-in-grafana.ts';
import type { Editable } from './update-workspace.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');

test('docs/import.md shows the definition by hand and the imported one as they are', async () => {
  const doc = read('docs/import.md');
  const file = 'provisioning/dashboards/general/stage4-async-rolling.json';
  const { results } = await importDashboards({
    root: REPOSITORY,
    provisioning: 'provisioning',
    inputs: [{ name: file, file, text: read(file) }],
    force: true,
    timeout: 60_000,
  });
  const [imported] = results;
  expect(doc).toContain(read('dashboards/stage4-async-rolling.ts').trim());
  expect(doc).toContain(imported?.kind === 'proved' ? imported.text.trim() : 'proved');
});

test('docs/import.md shows what an update prints', { timeout: 120_000 }, async () => {
  const dashboard: Editable = JSON.parse(read('provisioning/dashboards/general/stage4-async-rolling.json'));
  const panel = (title: string) => dashboard.panels.find((one: Editable) => one.title === title);
  const [rate, duration] = [panel('Async Roll Rate'), panel('Avg Async Batch Duration')];
  panel('Total Async Rolls').title = 'Async rolls so far';
  duration.fieldConfig.defaults.thresholds.steps.push({ color: 'red', value: 1 });
  duration.targets[0].expr = duration.targets[0].expr.replaceAll('[5m]', '[10m]');
  rate.targets[0].expr = rate.targets[0].expr.replace('[1m]', '[5m]');
  for (const graph of [rate, panel('Async vs Sync Roll Rate')]) graph.gridPos.h = 11;
  const folder = mkdtempSync(join(tmpdir(), 'panelproof-docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const saved = join(folder, 'saved.json');
  writeFileSync(saved, savedInGrafana(dashboard));
  const definition = 'dashboards/stage4-async-rolling.ts';
  const { stdout } = await panelproof(['import', '--update', saved, definition], REPOSITORY);
  expect(read('docs/import.md')).toContain(stdout);
});
