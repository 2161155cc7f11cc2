import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { panelproof } from '../cli/workspace.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const METRICS = 'dice-roller/metrics.ts';
const JSON_FILE = 'provisioning/dashboards/general/stage4-async-rolling.json';

test('A label renamed in the catalogue stops the build at the lines that use it, once for each, and the JSON stays', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'panelproof-renamed-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const path of ['dashboards', 'provisioning', 'stack', 'compose.yaml', METRICS])
    cpSync(join(REPOSITORY, path), join(root, path), { recursive: true });
  const before = readFileSync(join(root, JSON_FILE), 'utf8');
  const metrics = readFileSync(join(root, METRICS), 'utf8');
  writeFileSync(join(root, METRICS), metrics.replaceAll('die_type:', 'dice_type:'));

  const { exitCode, stdout } = await panelproof(['build'], root);
  expect(exitCode).toBe(1);
  const heads = [...stdout.matchAll(/^(dashboards\/\S+):(\d+):\d+ {2}\w+ {2}(\S+)\n {2}(.*)$/gm)];
  expect(heads.length).toBeGreaterThan(0);
  for (const [, file = '', line, rule, message] of heads) {
    expect(rule).toBe('definition-type-error');
    expect(message).toContain('"die_type"');
    expect(message).toContain('"dice_type"');
    expect(readFileSync(join(root, file), 'utf8').split('\n')[Number(line) - 1]).toContain('die_type');
  }
  expect(stdout).toContain(`\n${heads.length} findings: nothing was written`);
  expect(readFileSync(join(root, JSON_FILE), 'utf8')).toBe(before);
});
