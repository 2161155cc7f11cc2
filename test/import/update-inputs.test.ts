import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeWorkspace, panelproof, type TestWorkspace } from '../cli/workspace.ts';
import { savedInGrafana } from './saved-in-grafana.ts';
import { compiled, type Editable } from './update-workspace.ts';

// Each update compiles and checks types in processes of their own, several times.
vi.setConfig({ testTimeout: 180_000 });

const REPOSITORY = join(import.meta.dirname, '../..');
const TEXT = `import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { dashboard } from 'panelproof';
import { prometheus } from './lib/datasources.ts';

export default dashboard({
  uid: 'shop',
  title: 'Shop',
  panels: { up: new Stat().title('Up').withTarget(prometheus.query('up')) },
});
`;

async function workspaceWith(wrap: (saved: Editable) => unknown): Promise<TestWorkspace> {
  const workspace = makeWorkspace({ 'dashboards/x.ts': TEXT });
  const dashboard = (await compiled(workspace.root, 'dashboards/x.ts')).get('shop');
  const saved = JSON.parse(savedInGrafana({ ...dashboard, title: 'Other' }));
  workspace.write({ 'saved.json': JSON.stringify(wrap(saved)) });
  return workspace;
}

test.each<[string, (saved: Editable) => unknown]>([
  ['an answer of the HTTP API', (dashboard) => ({ dashboard, meta: { folderTitle: 'General' } })],
  [
    'a resource',
    ({ uid: _, ...spec }) => ({
      apiVersion: 'dashboard.grafana.app/v1beta1',
      kind: 'Dashboard',
      metadata: { name: 'shop' },
      spec,
    }),
  ],
  [
    'an export for sharing',
    (dashboard) => ({
      ...JSON.parse(JSON.stringify(dashboard).replaceAll('"uid":"prometheus"', '"uid":"${DS_PROMETHEUS}"')),
      __inputs: [{ name: 'DS_PROMETHEUS', type: 'datasource', pluginId: 'prometheus' }],
    }),
  ],
])('The dashboard is taken out of %s', async (_, wrap) => {
  const workspace = await workspaceWith(wrap);
  const { exitCode } = await workspace.panelproof(
    'import',
    '--update',
    'saved.json',
    'dashboards/x.ts',
    '--yes',
  );
  expect(exitCode).toBe(0);
  expect(workspace.read('dashboards/x.ts')).toBe(TEXT.replace("title: 'Shop'", "title: 'Other'"));
});

test('It is read from standard input', async () => {
  const workspace = await workspaceWith((saved) => saved);
  const args = ['import', '--update', '-', 'dashboards/x.ts', '--yes'];
  const { exitCode } = await execaNode(join(REPOSITORY, 'dist/cli.js'), args, {
    cwd: workspace.root,
    input: workspace.read('saved.json'),
    reject: false,
  });
  expect(exitCode).toBe(0);
  expect(workspace.read('dashboards/x.ts')).toContain("title: 'Other'");
});

test('It is asked of a running Grafana', async () => {
  const workspace = await workspaceWith((dashboard) => ({ dashboard, meta: {} }));
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.end(workspace.read('saved.json'));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { exitCode } = await workspace.panelproof(
    ...['import', '--grafana', url, '--uid', 'shop', '--update', 'dashboards/x.ts', '--yes'],
  );
  expect(exitCode).toBe(0);
  expect(asked).toEqual(['/api/dashboards/uid/shop']);
  expect(workspace.read('dashboards/x.ts')).toContain("title: 'Other'");
});

test('Another uid is refused with what there is, and so are files that are not there', async () => {
  const workspace = await workspaceWith((saved) => ({ ...saved, uid: 'sohp' }));
  const other = await workspace.panelproof('import', '--update', 'saved.json', 'dashboards/x.ts');
  expect(other.stderr).toContain('dashboards/x.ts makes "shop", and the JSON is "sohp"');
  expect(other.exitCode).toBe(2);
  const gone = await workspace.panelproof('import', '--update', 'saved.json', 'dashboards/y.ts');
  expect(gone.stderr).toContain('no file dashboards/y.ts');
  expect(gone.exitCode).toBe(2);
  const alone = await workspace.panelproof('import', '--update', 'dashboards/x.ts');
  expect(alone.stderr).toContain('--update takes one dashboard and one definition');
  expect(alone.exitCode).toBe(2);
});

test('A definition that does not compile is said so', async () => {
  const workspace = await workspaceWith((saved) => saved);
  workspace.write({ 'dashboards/x.ts': TEXT.replace('new Stat()', 'new Stat().decimals("1")') });
  const { stderr, exitCode } = await workspace.panelproof(
    'import',
    '--update',
    'saved.json',
    'dashboards/x.ts',
  );
  expect(stderr).toContain("dashboards/x.ts does not compile: Argument of type 'string' is not assignable");
  expect(exitCode).toBe(2);
});

test.each<[string, Record<string, string>, string]>([
  ['is no TypeScript', { 'dashboards/x.ts': `${TEXT}const = ;` }, 'Unexpected token (10:6)'],
  [
    'imports what throws',
    {
      'dashboards/x.ts': `import './lib/broken.ts';\n${TEXT}`,
      'dashboards/lib/broken.ts': "throw new Error('no luck');",
    },
    'no luck',
  ],
])('A definition that %s is said so on one line', async (_, files, message) => {
  const workspace = await workspaceWith((saved) => saved);
  workspace.write(files);
  const { stderr, exitCode } = await workspace.panelproof(
    ...['import', '--update', 'saved.json', 'dashboards/x.ts'],
  );
  expect(stderr).toBe(`panelproof: dashboards/x.ts does not compile: ${message}`);
  expect(exitCode).toBe(2);
});

test('A definition that never ends is stopped, and --timeout says when', async () => {
  const workspace = await workspaceWith((saved) => saved);
  workspace.write({ 'dashboards/x.ts': `for (;;);\n${TEXT}` });
  const { stderr, exitCode } = await workspace.panelproof(
    ...['import', '--update', 'saved.json', 'dashboards/x.ts', '--timeout', '2'],
  );
  expect(stderr).toBe(
    'panelproof: dashboards/x.ts does not compile: Unfinished definition: it did not end within 2 s (--timeout changes that)',
  );
  expect(exitCode).toBe(2);
});

test('A byte order mark stays', async () => {
  const workspace = await workspaceWith((saved) => saved);
  workspace.write({ 'dashboards/x.ts': `\uFEFF${TEXT}` });
  await workspace.panelproof('import', '--update', 'saved.json', 'dashboards/x.ts', '--yes');
  const after = TEXT.replace("title: 'Shop'", "title: 'Other'");
  expect(workspace.read('dashboards/x.ts')).toBe(`\uFEFF${after}`);
});

test('A file that is no JSON is said so on one line', async () => {
  const workspace = await workspaceWith(() => ({}));
  workspace.write({ 'saved.json': 'no\nJSON\n' });
  const { stderr } = await workspace.panelproof('import', '--update', 'saved.json', 'dashboards/x.ts');
  expect(stderr).toMatch(/^panelproof: saved\.json: not JSON: .*$/);
});

const OWN = [
  ['dashboards/stage4-async-rolling.ts', 'provisioning/dashboards/general/stage4-async-rolling.json'],
  ['dashboards/dice-roller-overview.ts', 'provisioning/dashboards/dice-roller/dice-roller-overview.json'],
] as const;

test.each(OWN)(
  'Nothing is to be done for %s as Grafana saves it, and an edit of each panel is a patch',
  async (definition, file) => {
    const dashboard: Editable = JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8'));
    const { root, write } = makeWorkspace();
    const run = (edited: Editable) => {
      write({ 'saved.json': savedInGrafana(edited) });
      return panelproof(['import', '--update', join(root, 'saved.json'), definition], REPOSITORY);
    };
    expect((await run(dashboard)).stdout).toContain('Nothing to update');
    const titled = dashboard.panels.map((one: Editable) => ({ ...one, title: `${one.title}!` }));
    const { stdout } = await run({ ...dashboard, panels: titled });
    expect(stdout).not.toContain('Left to change by hand');
    expect(stdout).toContain('nothing was written; --yes writes');
  },
);
