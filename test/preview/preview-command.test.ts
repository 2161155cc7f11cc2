import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { definition, makeLastingWorkspace, type TestWorkspace } from '../cli/workspace.ts';

const CATALOGUE = `export const catalogue = { catalogueVersion: 1, jobs: { api: { complete: true } }, metrics: {
  jobs_total: { type: 'counter', help: 'Jobs.', jobs: ['api'], labels: { result: ['ok', 'error'] } } } } as const;
`;

let workspace: TestWorkspace;

// Building is another command's test: once is enough.
beforeAll(async () => {
  workspace = makeLastingWorkspace({
    'dashboards/one.ts': definition('one', { query: "prometheus.query('sum(rate(jobs_total[5m]))')" }),
    'api/metrics.ts': CATALOGUE,
  });
  const { exitCode, stdout } = await workspace.panelproof('build');
  expect(exitCode, stdout).toBe(0);
});
afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

test('pictures are written as SVG and PNG, dark and light', async () => {
  const { exitCode, stderr } = await workspace.panelproof('preview', '--out', 'out');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(readdirSync(join(workspace.root, 'out'))).toEqual([
    'one-dark.png',
    'one-dark.svg',
    'one-light.png',
    'one-light.svg',
  ]);
  const png = readFileSync(join(workspace.root, 'out/one-dark.png'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(workspace.read('out/one-dark.svg')).toContain('sample data');
});

test.each([
  [[], /name a folder with --out, or look at a page with --serve/],
  [['--out', 'out', '--dashboard', 'onee'], /unknown dashboard "onee", nearest is "one"/],
  [['--out', 'out', '--from', 'now', '--to', 'now-1h'], /time range now to now-1h to end after it begins/],
  [
    ['--out', 'out', '--from', 'yesterday'],
    /expected --from to be a time such as now-6h, .* found yesterday/,
  ],
  [['--out', 'out', '--width', '0'], /Expected a whole number from 100 to 10000/],
  [['--out', 'dashboards/one.ts'], /cannot write .*one\.ts.*: a part of its path is a file/],
  [['--out', 'out', '--prometheus', 'localhost:9090'], /expected --prometheus to be an address/],
  [['--out', 'out', '--timezone', 'Moon'], /unknown time zone Moon/],
  [['--out', 'out', '--replay', 'dashboards/one.ts'], /to be a recording of `preview --record`/],
  [['--out', 'out', '--diff', '--output=x'], /git|repository/],
])('%j is refused with a sentence that says why', async (flags, message) => {
  const { exitCode, stderr } = await workspace.panelproof('preview', ...flags);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
});

test('what differs from a revision is drawn before and after, with the changed panel marked', async () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: workspace.root });
  git('init', '-q');
  git('add', 'dashboards', 'provisioning', 'api');
  git('commit', '-qm', 'First');
  const same = await workspace.panelproof('preview', '--out', 'same', '--diff', 'HEAD');
  expect([same.exitCode, same.stdout]).toEqual([0, '']);
  const path = join(workspace.root, 'provisioning/dashboards/general/one.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"title": "Up"', '"title": "Jobs"'));
  const { exitCode } = await workspace.panelproof('preview', '--out', 'out', '--diff', 'HEAD', '--svg-only');
  expect(exitCode).toBe(0);
  const svg = workspace.read('out/one-diff-light.svg');
  expect(svg).toMatch(/>Before<[\s\S]*>Up<[\s\S]*>After<[\s\S]*>Jobs</);
  expect(svg.match(/stroke-width="3"/g)).toHaveLength(2);
});
