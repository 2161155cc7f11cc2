import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { definition, makeWorkspace } from './workspace.ts';

const REPOSITORY = join(import.meta.dirname, '../..');

/** Runs a hook as pre-commit does: its entry, from the root of the repository that is checked. */
async function runHook(id: string, cwd: string) {
  const hooks: { id: string; entry: string; language: string }[] = parse(
    readFileSync(join(REPOSITORY, '.pre-commit-hooks.yaml'), 'utf8'),
  );
  const hook = hooks.find((one) => one.id === id);
  expect(hook?.language).toBe('script');
  const [script = '', ...args] = hook?.entry.split(' ') ?? [];
  return execa(join(REPOSITORY, script), args, { cwd, reject: false });
}

it('checks the repository that is committed to', async () => {
  const root = join(REPOSITORY, 'src/rules/datasource-url-unreachable/cases');
  const broken = await runHook('panelproof-check', join(root, 'localhost/broken'));
  expect(broken.stdout).toContain('Unreachable URL "http://localhost:9090"');
  expect(broken.exitCode).toBe(1);
  expect((await runHook('panelproof-check', join(root, 'localhost/fixed'))).exitCode).toBe(0);
});

it('fails while the committed JSON is not what the definitions say', async () => {
  const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a') });
  expect((await runHook('panelproof-build', workspace.root)).exitCode).toBe(1);
  await workspace.panelproof('build');
  expect((await runHook('panelproof-build', workspace.root)).exitCode).toBe(0);
});
