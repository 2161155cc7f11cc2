import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { expect, it, onTestFinished } from 'vitest';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const PAGE = '# HELP rolls_total Rolls.\n# TYPE rolls_total counter\nrolls_total{die="fair"} 2\n';

it('metrics pull writes a catalogue, and --check says what changed since', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'panelproof-metrics-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const panelproof = (...args: string[]) => execaNode(CLI, args, { cwd: folder, reject: false });
  writeFileSync(join(folder, 'page.txt'), PAGE);

  const written = await panelproof(
    'metrics',
    'pull',
    'page.txt',
    '--job',
    'dice',
    '--out',
    'dice.metrics.ts',
  );
  expect(written).toMatchObject({ exitCode: 0, stdout: 'written    dice.metrics.ts  (1 metric)' });
  expect(readFileSync(join(folder, 'dice.metrics.ts'), 'utf8')).toContain(
    "rolls_total: {\n      type: 'counter'",
  );
  expect(await panelproof('metrics', 'pull', 'page.txt', '--check', 'dice.metrics.ts')).toMatchObject({
    exitCode: 0,
  });

  writeFileSync(join(folder, 'page.txt'), PAGE.replace('{die=', '{face="1",die='));
  const changed = await panelproof('metrics', 'pull', 'page.txt', '--check', 'dice.metrics.ts');
  expect(changed).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('label added') });

  expect(await panelproof('metrics', 'pull', 'page.txt', '--check')).toMatchObject({
    exitCode: 2,
    stderr: "panelproof: option '--check <file>' argument missing",
  });
  expect(await panelproof('metrics', 'pull', 'page.txt', '--out', '../out.ts')).toMatchObject({
    exitCode: 2,
  });
});
