import { describe, expect, test } from 'vitest';
import { dashboard, fixWorkspace } from './fix-workspace.ts';

const FILE = 'provisioning/dashboards/dice/dice.json';
const ILLEGAL = { [FILE]: dashboard({ uid: 'dice/rolls' }) };

describe('panelproof fix', () => {
  test('says so and exits 0 when there is nothing to mend', async () => {
    const workspace = fixWorkspace();
    const run = await workspace.fix();
    expect(run).toEqual({
      exitCode: 0,
      stdout: 'Nothing to mend: no findings\nLeft: no findings\n',
      stderr: '',
    });
  });

  test('prints the plan, writes nothing and exits 1 where nobody can be asked', async () => {
    const workspace = fixWorkspace(ILLEGAL);
    const before = workspace.snapshot();
    const { exitCode, stdout } = await workspace.fix(['--unsafe']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      '# Give the dashboard a legal uid made of the old one (dashboard-uid-invalid)\n',
    );
    expect(stdout).toMatch(/^-\s+"uid": "dice\/rolls",\n\+\s+"uid": "dice-rolls-[0-9a-f]{8}",$/m);
    expect(stdout).toContain(
      '1 finding to mend in 1 file\nNothing was written; add --yes to write these changes\n',
    );
    expect(workspace.snapshot()).toEqual(before);
  });

  test('writes with --yes, exits 0, and a second run has nothing to do', async () => {
    const workspace = fixWorkspace(ILLEGAL);
    const { exitCode, stdout } = await workspace.fix(['--unsafe', '--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Written: ${FILE}\nLeft: no findings\n`);
    const mended = workspace.snapshot();
    expect(workspace.read(FILE)).toMatch(/"uid": "dice-rolls-[0-9a-f]{8}"/);
    expect((await workspace.fix(['--unsafe', '--yes'])).stdout).toBe(
      'Nothing to mend: no findings\nLeft: no findings\n',
    );
    expect(workspace.snapshot()).toEqual(mended);
  });

  test('writes nothing with --check and exits 1', async () => {
    const workspace = fixWorkspace(ILLEGAL);
    const before = workspace.snapshot();
    expect((await workspace.fix(['--unsafe', '--check'])).exitCode).toBe(1);
    expect(workspace.snapshot()).toEqual(before);
  });

  test('asks on a terminal and writes after a yes', async () => {
    const workspace = fixWorkspace(ILLEGAL);
    const run = await workspace.fix(['--unsafe'], { answer: 'y\n' });
    expect(run.stderr).toBe('Write these changes? [y/N] ');
    expect(run.exitCode).toBe(0);
    expect(workspace.read(FILE)).toContain('"uid": "dice-rolls-');
  });

  test.each([
    ['a no', 'n\n'],
    ['an empty line', '\n'],
    ['the end of the input', undefined],
    ['anything else', 'yesterday\n'],
  ])('takes %s for a no', async (_, answer) => {
    const workspace = fixWorkspace(ILLEGAL);
    const before = workspace.snapshot();
    expect((await workspace.fix(['--unsafe'], { answer })).exitCode).toBe(1);
    expect(workspace.snapshot()).toEqual(before);
  });

  test('does not ask with --check', async () => {
    const run = await fixWorkspace(ILLEGAL).fix(['--unsafe', '--check'], { answer: 'y\n' });
    expect(run).toMatchObject({ exitCode: 1, stderr: '' });
  });

  test('leaves what is unsafe alone unless told, and says what --unsafe would do', async () => {
    const workspace = fixWorkspace(ILLEGAL);
    const { exitCode, stdout } = await workspace.fix(['--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Nothing to mend: no fix for what check finds');
    expect(stdout).toContain(' load dashboard-uid-invalid: ');
    expect(stdout).toContain('    With --unsafe: Give the dashboard a legal uid made of the old one\n');
    expect(workspace.read(FILE)).toContain('"uid": "dice/rolls"');
  });

  test('mends only the rules of --only', async () => {
    const workspace = fixWorkspace({ ...ILLEGAL, 'provisioning/dashboards/dice/copy.json': dashboard() });
    const { stdout } = await workspace.fix(['--unsafe', '--yes', '--only', 'dashboard-uid-duplicate']);
    expect(stdout).toContain('Left: ');
    expect(workspace.read(FILE)).toContain('"uid": "dice/rolls"');
  });

  test('prints one JSON object with --format json and never asks', async () => {
    const workspace = fixWorkspace(ILLEGAL);
    const run = await workspace.fix(['--unsafe', '--format', 'json'], { answer: 'y\n' });
    expect(run).toMatchObject({ exitCode: 1, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({
      version: 1,
      findings: [],
      mended: [
        {
          rule: 'dashboard-uid-invalid',
          severity: 'load',
          file: FILE,
          files: [FILE],
          fix: 'Give the dashboard a legal uid made of the old one',
          safety: 'unsafe',
        },
      ],
      refused: [],
      changes: [
        {
          file: FILE,
          change: 'changed',
          reasons: ['Give the dashboard a legal uid made of the old one (dashboard-uid-invalid)'],
        },
      ],
      diff: expect.stringContaining(`+++ b/${FILE}\n`),
      reloads: [],
      written: [],
    });
    expect(JSON.parse((await workspace.fix(['--unsafe', '--format', 'json', '--yes'])).stdout)).toMatchObject(
      {
        written: [FILE],
      },
    );
  });

  test.each([
    [
      ['--only', 'dashboard-uid-invalit'],
      'unknown rule "dashboard-uid-invalit", nearest is "dashboard-uid-invalid"',
    ],
    [['--check', '--yes'], '--check and --yes do not go together'],
    [['--grafana-version', 'new'], '"new" is no Grafana version; expected one such as 12.2.0'],
    [['--format', 'xml'], "option '-f, --format <format>' argument 'xml' is invalid"],
  ])('exits 2 with one line for %j', async (flags, message) => {
    const run = await fixWorkspace().fix(flags);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  test('prints several plausible answers as suggestions and writes none of them', async () => {
    const workspace = fixWorkspace({
      'provisioning/datasources/second.yaml': `apiVersion: 1
datasources:
  - name: Loki
    uid: loki
    type: loki
    url: http://loki:3100
    isDefault: true
`,
    });
    const before = workspace.snapshot();
    const { exitCode, stdout } = await workspace.fix(['--unsafe', '--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Nothing to mend: no fix for what check finds\nLeft: 1 finding\n');
    expect(stdout).toContain(
      '    Perhaps: Take `isDefault` from "Prometheus".\n    Perhaps: Take `isDefault` from "Loki".\n',
    );
    expect(workspace.snapshot()).toEqual(before);
  });

  test('says of a refused edit why, and exits 1', async () => {
    const workspace = fixWorkspace({
      'provisioning/datasources/prometheus.yaml': `apiVersion: 1
x-base: &base
  name: Prometheus
  type: prometheus
  url: http://prometheus:9090
  isDefault: true
datasources:
  - *base
`,
    });
    const { exitCode, stdout } = await workspace.fix(['--yes']);
    expect(exitCode).toBe(1);
    const reason = 'datasources[0] is written as *base, so that an edit would change more than one place.';
    expect(stdout).toContain(`# not changed: provisioning/datasources/prometheus.yaml: ${reason}\n`);
    expect(stdout).toContain('Nothing to mend: what could be was refused\n');
    expect(stdout).toContain(`    Not mended: ${reason}\n`);
  });

  test('colours the difference where colour is wanted', async () => {
    const workspace = fixWorkspace(ILLEGAL);
    const { run } = await import('../../src/cli/run.ts');
    let stdout = '';
    const sink = { write: () => true };
    await run(['fix', workspace.root, '--unsafe'], {
      stdout: { write: (text: string) => (stdout += text) },
      stderr: sink,
      environment: { FORCE_COLOR: '1' },
    });
    expect(stdout).toContain('\u001b[32m+  "uid": "dice-rolls-');
  });

  test('never edits what the build wrote: the definition is the place', async () => {
    const lock = {
      lockVersion: 1,
      writtenBy: 'panelproof build',
      files: { 'dashboards/dice/dice.json': { definition: 'dashboards/dice.ts', sha256: '' } },
    };
    const workspace = fixWorkspace({
      ...ILLEGAL,
      'provisioning/generated.lock': JSON.stringify(lock),
      'dashboards/dice.ts': 'export default {};\n',
    });
    const { exitCode, stdout } = await workspace.fix(['--unsafe', '--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('dashboards/dice.ts:1 load dashboard-uid-invalid: ');
    expect(workspace.read(FILE)).toContain('"uid": "dice/rolls"');
  });

  test('leaves what is suppressed with a reason', async () => {
    const workspace = fixWorkspace({
      ...ILLEGAL,
      '.panelproof-ignore': '**/dice.json dashboard-uid-invalid: it is a museum\n',
    });
    expect(await workspace.fix(['--unsafe', '--yes'])).toMatchObject({
      exitCode: 0,
      stdout: 'Nothing to mend: no findings\nLeft: no findings\n',
    });
  });
});
