import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { makeWorkspace, panelproof } from '../cli/workspace.ts';

const REPOSITORY = join(import.meta.dirname, '../..');

test('In an empty folder init makes a workspace that builds', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'panelproof-init-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'node_modules'));
  const shown = await panelproof(['init'], root);
  expect(shown.exitCode).toBe(1);
  expect(shown.stdout).toContain('files would be written or removed: --yes does it');
  const { exitCode, stdout } = await panelproof(['init', '--yes'], root);
  expect(stdout).toContain('written  dashboards/first.ts');
  expect(exitCode).toBe(0);
  expect(readFileSync(join(root, '.gitignore'), 'utf8')).toBe('node_modules/\n');
  const built = await panelproof(['build'], root);
  expect(built.stderr).toBe('');
  expect(built.exitCode).toBe(0);
  expect(readFileSync(join(root, 'provisioning/dashboards/general/first.json'), 'utf8')).toContain(
    'sum by (job) (up)',
  );
  const again = await panelproof(['init', '--yes'], root);
  expect(again.stdout).toContain('Nothing is missing');
});

test('In a package of CommonJS the files of init compile as they are in an editor, and its workflow needs no scripts', async () => {
  const manifest = '{ "type": "commonjs", "devDependencies": { "panelproof": "*" } }\n';
  const workspace = makeWorkspace({
    dashboards: undefined,
    'package.json': manifest,
  });
  const { stdout } = await workspace.panelproof('init', '--yes');
  expect(stdout).toMatch(/^Next: npx panelproof build$/m);
  expect(workspace.read('package.json')).toBe(manifest);
  for (const name of ['panelproof', '@grafana'])
    symlinkSync(
      name === 'panelproof' ? REPOSITORY : join(REPOSITORY, 'node_modules', name),
      join(workspace.root, 'node_modules', name),
    );
  await execaNode(join(REPOSITORY, 'node_modules/typescript/lib/tsc.js'), ['-p', workspace.root]);
  expect(workspace.read('.github/workflows/dashboards.yml')).toContain('- run: npx panelproof build --check');
});

test.each([
  [
    'package-lock.json',
    '- run: npm install',
    'Next: npm install --save-dev panelproof, then npx panelproof build',
  ],
  [
    'pnpm-lock.yaml',
    '- run: pnpm install --frozen-lockfile',
    'Next: pnpm add --save-dev panelproof @grafana/grafana-foundation-sdk@0.0.21, then pnpm exec panelproof build',
  ],
  ['yarn.lock', '- run: yarn install', 'Next: yarn add --dev panelproof, then yarn run panelproof build'],
  [
    'bun.lock',
    '- run: bun install --frozen-lockfile',
    'Next: bun add --dev panelproof, then bun x panelproof build',
  ],
])('Beside a %s init speaks of the package manager that wrote it', async (lockFile, step, next) => {
  const workspace = makeWorkspace({ dashboards: undefined, 'package.json': '{}\n', [lockFile]: '' });
  const { stdout } = await workspace.panelproof('init', '--yes');
  expect(workspace.read('.github/workflows/dashboards.yml')).toContain(step);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(next);
});

test('In a repository with dashboards init imports them, and the build writes what was removed', async () => {
  const dashboard = {
    uid: 'shop',
    title: 'Shop',
    panels: [
      {
        id: 1,
        type: 'timeseries',
        title: 'Load',
        gridPos: { x: 0, y: 0, w: 12, h: 8 },
        datasource: { type: 'prometheus', uid: 'prometheus' },
        targets: [{ refId: 'A', expr: 'up' }],
      },
    ],
  };
  const path = 'provisioning/dashboards/general/shop-board.json';
  const workspace = makeWorkspace({ [path]: JSON.stringify(dashboard) });
  rmSync(join(workspace.root, 'dashboards'), { recursive: true, force: true });
  const { stdout, exitCode } = await workspace.panelproof('init', '--yes');
  expect(stdout).toContain('compiles to the same dashboard');
  expect(exitCode).toBe(0);
  expect(workspace.exists(path)).toBe(false);
  expect(workspace.read('dashboards/shop.ts')).toContain(
    "import { prometheus } from './lib/datasources.ts';",
  );
  const built = await workspace.panelproof('build');
  expect(built.exitCode).toBe(0);
  expect(workspace.read('provisioning/dashboards/general/shop.json')).toContain('"title": "Load"');
});

test('What an import brings along of style does not keep it from being built, and stands in the ignore file', async () => {
  const panel = (id: number, title: string, more: object) => ({
    id,
    type: 'timeseries',
    title,
    gridPos: { x: 0, y: 8 * id, w: 12, h: 8 },
    datasource: { type: 'prometheus', uid: 'prometheus' },
    targets: [{ refId: 'A', expr: 'up' }],
    ...more,
  });
  const panels = [
    panel(1, '', {}),
    panel(2, '', {}),
    panel(3, 'Up', { fieldConfig: { defaults: { unit: 'ups' } } }),
  ];
  const shop = { uid: 'shop', title: 'Shop', schemaVersion: 38, panels };
  const workspace = makeWorkspace({
    'saved.json': JSON.stringify(shop),
    '.panelproof-ignore': 'old/x.json query-syntax: kept',
  });
  const { stdout, exitCode } = await workspace.panelproof('import', 'saved.json');
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    'written  .panelproof-ignore: 3 findings of style in what was imported; take lines out to mend them',
  );
  expect(workspace.read('.panelproof-ignore')).toBe(
    'old/x.json query-syntax: kept\ndashboards/shop.ts panel-title-missing: as it was imported\ndashboards/shop.ts panel-unit-unknown: as it was imported\n',
  );
  expect(await workspace.panelproof('build')).toMatchObject({ exitCode: 0 });
});

test('An import says what keeps the build from writing', async () => {
  const panel = {
    id: 1,
    type: 'stat',
    title: 'Rate',
    gridPos: { x: 0, y: 0, w: 12, h: 8 },
    datasource: { type: 'prometheus', uid: 'prometheus' },
    targets: [{ refId: 'A', expr: 'rate(up' }],
  };
  const broken = { uid: 'shop', title: 'Shop', schemaVersion: 38, panels: [panel] };
  const workspace = makeWorkspace({ 'saved.json': JSON.stringify(broken) });
  const { stdout } = await workspace.panelproof('import', 'saved.json');
  expect(stdout).toMatch(
    /^The build will write nothing until this is mended: query-syntax in dashboards\/shop\.ts; `panelproof fix` mends what it can$/m,
  );
  expect(workspace.exists('.panelproof-ignore')).toBe(false);
});
