import { describe, expect, it } from 'vitest';
import { definition, makeWorkspace, type TestWorkspace } from './workspace.ts';

const GENERAL = 'provisioning/dashboards/general';

let wrote: Record<string, string> = {};

/** A workspace in which two dashboards are built; the build itself runs once. */
async function built(): Promise<TestWorkspace> {
  const workspace = makeWorkspace({
    'dashboards/a.ts': definition('a'),
    'dashboards/b.ts': definition('b'),
    ...wrote,
  });
  if (Object.keys(wrote).length > 0) return workspace;
  const { exitCode, stdout } = await workspace.panelproof('build');
  expect(withoutTime(stdout)).toBe(
    [
      `written    ${GENERAL}/a.json  (dashboards/a.ts)`,
      `written    ${GENERAL}/b.json  (dashboards/b.ts)`,
      '2 dashboards, 2 changed (…)',
    ].join('\n'),
  );
  expect(exitCode).toBe(0);
  wrote = workspace.snapshot('provisioning');
  return workspace;
}

function withoutTime(text: string): string {
  return text.replace(/\([\d.]+ m?s\)/, '(…)');
}

describe('what a build wrote', () => {
  it('is left alone by the next one, and goes with its definition', async () => {
    const workspace = await built();
    const before = workspace.snapshot('provisioning');
    const again = await workspace.panelproof('build', '--no-cache');
    expect(withoutTime(again.stdout)).toContain('2 dashboards, 0 changed (…)');
    expect(workspace.snapshot('provisioning')).toEqual(before);

    workspace.write({ 'dashboards/a.ts': undefined });
    const removed = await workspace.panelproof('build');
    expect(withoutTime(removed.stdout)).toContain(`removed    ${GENERAL}/a.json  (dashboards/a.ts)`);
    expect(Object.keys(workspace.snapshot('provisioning/dashboards'))).toEqual([
      `${GENERAL}/b.json`,
      'provisioning/dashboards/providers.yaml',
    ]);
    expect(JSON.parse(workspace.read('provisioning/generated.lock')).files).toEqual({
      'dashboards/general/b.json': {
        definition: 'dashboards/b.ts',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });

  it('is listed by --check where it is not as built, and nothing is written', async () => {
    const workspace = await built();
    expect((await workspace.panelproof('build', '--check')).exitCode).toBe(0);
    workspace.write({
      'dashboards/a.ts': undefined,
      'dashboards/b.ts': definition('b', { title: 'Another title' }),
      'dashboards/c.ts': definition('c'),
      'dashboards/d.ts': definition('d'),
    });
    await workspace.panelproof('build');
    workspace.write({
      'dashboards/b.ts': undefined,
      'dashboards/c.ts': definition('c', { title: 'Another title' }),
      [`${GENERAL}/d.json`]: `${workspace.read(`${GENERAL}/d.json`)}\n`,
      'dashboards/e.ts': definition('e'),
      'dashboards/f.ts': definition('f'),
    });
    const before = workspace.snapshot('provisioning');
    const { exitCode, stdout } = await workspace.panelproof('build', '--check');
    expect(exitCode).toBe(1);
    expect(withoutTime(stdout)).toBe(
      [
        `stale      ${GENERAL}/c.json  (dashboards/c.ts)`,
        `edited     ${GENERAL}/d.json  (dashboards/d.ts)`,
        `missing    ${GENERAL}/e.json  (dashboards/e.ts)`,
        `missing    ${GENERAL}/f.json  (dashboards/f.ts)`,
        `orphaned   ${GENERAL}/b.json  (dashboards/b.ts)`,
        'stale      provisioning/generated.lock',
        '5 dashboards, 5 not as built: run the build and commit what it writes (…)',
      ].join('\n'),
    );
    expect(workspace.snapshot('provisioning')).toEqual(before);
    const { stdout: json } = await workspace.panelproof('build', '--check', '--json');
    expect(JSON.parse(json)).toMatchObject({
      version: 1,
      findings: [],
      summary: { load: 0, data: 0, drift: 0, style: 0 },
      outputs: [
        { path: `${GENERAL}/c.json`, definition: 'dashboards/c.ts', state: 'stale', written: false },
        { state: 'edited' },
        { state: 'missing' },
        { state: 'missing' },
        { state: 'orphaned' },
      ],
    });
    expect(workspace.snapshot('provisioning')).toEqual(before);
  });

  it('is shown by --diff as what would change, and nothing is written', async () => {
    const workspace = await built();
    workspace.write({ 'dashboards/a.ts': definition('a', { title: 'New title' }) });
    const before = workspace.snapshot('provisioning');
    const { exitCode, stdout } = await workspace.panelproof('build', '--diff');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('-  "title": "Dashboard a",\n+  "title": "New title",\n');
    expect(workspace.snapshot('provisioning')).toEqual(before);
  });

  it('is overwritten when edited by hand, and the build says so', async () => {
    const workspace = await built();
    const text = workspace.read(`${GENERAL}/a.json`);
    workspace.write({ [`${GENERAL}/a.json`]: text.replace('"Up"', '"Down"') });
    const { stdout } = await workspace.panelproof('build');
    expect(stdout).toContain(`written    ${GENERAL}/a.json  (dashboards/a.ts, over an edit by hand)`);
    expect(workspace.read(`${GENERAL}/a.json`)).toBe(text);
  });

  it('is not removed when it was edited by hand after its definition went', async () => {
    const workspace = await built();
    workspace.write({
      'dashboards/a.ts': undefined,
      [`${GENERAL}/a.json`]: '{ "uid": "a", "title": "Mine" }\n',
    });
    const { exitCode, stdout } = await workspace.panelproof('build');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`Edited by hand: ${GENERAL}/a.json is no longer defined by dashboards/a.ts`);
    expect(workspace.read(`${GENERAL}/a.json`)).toContain('Mine');
  });

  it('can be told from a file made by hand, which is never overwritten', async () => {
    const workspace = makeWorkspace({
      'dashboards/a.ts': definition('a'),
      [`${GENERAL}/a.json`]: '{ "uid": "hand", "title": "By hand" }\n',
    });
    const { exitCode, stdout } = await workspace.panelproof('build');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      `Occupied output: ${GENERAL}/a.json was not written by a build, and dashboards/a.ts compiles to it`,
    );
    expect(workspace.read(`${GENERAL}/a.json`)).toContain('By hand');
  });

  it('is recorded on both sides of a merge conflict, and the next build settles it', async () => {
    const workspace = await built();
    const lock = workspace.read('provisioning/generated.lock');
    const line = /.*"sha256".*\n/.exec(lock)?.[0] ?? '';
    const other = line.replace(/[0-9a-f]{64}/, '0'.repeat(64));
    workspace.write({
      'provisioning/generated.lock': lock.replace(
        line,
        `<<<<<<< HEAD\n${line}=======\n${other}>>>>>>> theirs\n`,
      ),
      [`${GENERAL}/a.json`]: '<<<<<<< HEAD\n{}\n=======\n[]\n>>>>>>> theirs\n',
    });
    const { exitCode, stdout } = await workspace.panelproof('build');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(workspace.read('provisioning/generated.lock')).toBe(lock);
    expect(JSON.parse(workspace.read(`${GENERAL}/a.json`)).uid).toBe('a');
  });

  it('is refused as a record when it is none', async () => {
    const workspace = await built();
    workspace.write({ 'provisioning/generated.lock': '{ "lockVersion": 99, "files": {} }\n' });
    const { exitCode, stdout } = await workspace.panelproof('build');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Expected provisioning/generated.lock to be what a build wrote; delete it');
    workspace.write({ 'provisioning/generated.lock': undefined });
    expect((await workspace.panelproof('build')).exitCode).toBe(0);
  });

  it('cannot be written where a file is in the way of its folder: the command says so and changes nothing', async () => {
    const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a'), [GENERAL]: 'not a folder\n' });
    const before = workspace.snapshot('provisioning');
    const { exitCode, stdout, stderr } = await workspace.panelproof('build');
    expect(exitCode).toBe(1);
    expect(`${stdout}${stderr}`).toContain('provisioning/dashboards/general');
    expect(stderr).not.toContain('bug');
    expect(workspace.snapshot('provisioning')).toEqual(before);
  });
});
