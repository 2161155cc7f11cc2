import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { makeWorkspace, panelproof } from '../cli/workspace.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const FILES = [
  'provisioning/dashboards/general/stage4-async-rolling.json',
  'provisioning/dashboards/dice-roller/dice-roller-overview.json',
];

test.each(FILES)(
  '%s becomes a definition that compiles to the same bytes and passes the lint',
  async (file) => {
    const { exitCode, stdout, stderr } = await panelproof(['import', file, '--print'], REPOSITORY);
    expect(stderr).toContain('compiles to the same bytes');
    expect(exitCode).toBe(0);
    const path = join(REPOSITORY, 'dashboards/imported.ts');
    const formatted = await execa('npx', ['biome', 'check', '--write', `--stdin-file-path=${path}`], {
      cwd: REPOSITORY,
      input: stdout,
    });
    expect(formatted.stdout).toBe(stdout);
  },
);

test.each(['panelproof-test-', 'panelproof #1 100%25 who? [x] Тест-'])(
  'In a folder called %s… an imported definition builds to the file it was made from',
  async (name) => {
    const json = readFileSync(join(REPOSITORY, FILES[0] ?? ''), 'utf8');
    const workspace = makeWorkspace({ 'old/dashboard.json': json }, name);
    const imported = await workspace.panelproof('import', 'old/dashboard.json');
    expect(imported.stdout).toContain('1 of 1 dashboards imported and proved');
    const built = await workspace.panelproof('build');
    expect(built.stdout).toContain('1 dashboard');
    expect(workspace.read('provisioning/dashboards/general/stage4-async-rolling.json')).toBe(json);
  },
);

test('Nothing is written over, and what is no dashboard is refused with the reason', async () => {
  const workspace = makeWorkspace({
    'a.json': '{"uid":"a","title":"A","panels":[]}',
    'b.json': '{"title": "B", ',
    'dashboards/a.ts': 'mine',
  });
  const { exitCode, stdout } = await workspace.panelproof('import', 'a.json', 'b.json');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('dashboards/a.ts is there already: --force writes over it');
  expect(stdout).toContain('not JSON: ');
  expect(workspace.read('dashboards/a.ts')).toBe('mine');
});

test('A dry run shows the definition and writes nothing', async () => {
  const workspace = makeWorkspace({ 'a.json': '{"uid":"a","title":"A","panels":[]}' });
  const { stdout } = await workspace.panelproof('import', 'a.json', '--dry-run');
  expect(stdout).toContain("+  title: 'A',");
  expect(workspace.exists('dashboards/a.ts')).toBe(false);
});
