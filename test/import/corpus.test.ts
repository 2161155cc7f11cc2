import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { importDashboards } from '../../src/import/import-dashboards.ts';
import { printImport } from '../../src/import/print-import.ts';
import { makeWorkspace } from '../cli/workspace.ts';

const CORPUS = join(import.meta.dirname, 'corpus');
const REPOSITORY = join(import.meta.dirname, '../..');
const names = readdirSync(CORPUS).filter((name) => name.endsWith('.json'));

test('Every dashboard of the corpus becomes a definition that means the same and is formatted', async () => {
  expect(names.length).toBeGreaterThanOrEqual(40);
  const { root } = makeWorkspace();
  const inputs = names.map((name) => ({ name, text: readFileSync(join(CORPUS, name), 'utf8') }));
  const { results, plan } = await importDashboards({
    root,
    provisioning: 'provisioning',
    inputs,
    timeout: 60_000,
  });
  expect(results.filter(({ kind }) => kind !== 'proved')).toEqual([]);

  const folder = join(root, 'dashboards');
  mkdirSync(folder, { recursive: true });
  for (const { path, after } of plan.files) writeFileSync(join(root, path), after ?? '');
  const { exitCode, all } = await execa(
    join(REPOSITORY, 'node_modules/.bin/biome'),
    [
      'check',
      '--error-on-warnings',
      `--config-path=${REPOSITORY}`,
      '--vcs-enabled=false',
      '--max-diagnostics=40',
      folder,
    ],
    { cwd: root, all: true, reject: false },
  );
  expect(all).toContain('No fixes applied');
  expect(exitCode).toBe(0);
});

test('What a dashboard of schema v2 loses is told with it', async () => {
  const { root } = makeWorkspace();
  const inputs = [{ name: 'tabs.json', text: readFileSync(join(CORPUS, 'v2-tabs.json'), 'utf8') }];
  const { results } = await importDashboards({ root, provisioning: 'provisioning', inputs, timeout: 60_000 });
  expect(printImport(results, 'written')).toContain(`
  What the classic form, which the build writes, cannot say:
    - Variable "host" (tab "Traffic"): it is a variable of the whole dashboard.
    - Tabs ("Hosts", "Traffic"): each is an open row.
`);
});

test('Strings of a dashboard stay strings, and no key reaches a prototype', async () => {
  const { root } = makeWorkspace();
  const inputs = ['hostile.json', 'hostile-keys.json'].map((name) => ({
    name,
    text: readFileSync(join(CORPUS, name), 'utf8'),
  }));
  const { plan } = await importDashboards({ root, provisioning: 'provisioning', inputs, timeout: 60_000 });
  const text = plan.files.map(({ after }) => after).join('');
  expect(text).toContain('title: "Hostile \'; process.exit(1); //"');
  expect(text).toContain("['__proto__']: { polluted: true }");
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('A dashboard with more rows than the type checker compares is proved', async () => {
  const { root } = makeWorkspace();
  const panels = Array.from({ length: 1200 }, (_, index) => ({
    id: index + 1,
    type: 'text',
    title: `Text ${index}`,
    gridPos: { x: 0, y: index * 3, w: 24, h: 3 },
  }));
  const inputs = [{ name: 'long.json', text: JSON.stringify({ uid: 'long', title: 'Long', panels }) }];
  const { results } = await importDashboards({ root, provisioning: 'provisioning', inputs, timeout: 60_000 });
  expect(results).toMatchObject([{ kind: 'proved' }]);
});

test('What is nested without end is refused with the reason', async () => {
  const { root } = makeWorkspace();
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const inputs = [{ name: 'deep.json', text: `{"title":"Deep","panels":[{"options":${deep}}]}` }];
  const { results, plan } = await importDashboards({
    root,
    provisioning: 'provisioning',
    inputs,
    timeout: 60_000,
  });
  expect(results).toMatchObject([
    { kind: 'refused', reasons: ['nested deeper than 200 levels: no dashboard is'] },
  ]);
  expect(plan.files).toEqual([]);
});
