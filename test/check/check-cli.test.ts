import { join } from 'node:path';
import { execaNode } from 'execa';
import { describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const RULES = join(import.meta.dirname, '../../src/rules');
const WRONG_UID = join(RULES, 'dashboard-uid-invalid/cases/illegal-character/broken');
const STYLE_ONLY = join(RULES, 'panel-title-missing/cases/empty/broken');

async function panelproof(...args: string[]) {
  const { exitCode, stdout, stderr } = await execaNode(CLI, args, {
    reject: false,
    stripFinalNewline: false,
    env: { NO_COLOR: '1' },
    cwd: '/',
  });
  return { exitCode, stdout, stderr };
}

describe('check', () => {
  it('exits 1 for a dashboard that will not load, and shows where and why', async () => {
    const { exitCode, stdout, stderr } = await panelproof('check', WRONG_UID);
    expect(exitCode).toBe(1);
    // V8 complains here of flags that it does not know.
    expect(stderr).toBe('');
    expect(stdout).toContain('load  dashboard-uid-invalid');
    expect(stdout).toContain('Grafana logs: error="uid contains illegal characters"');
    expect(stdout).toMatch(/1 dashboard of provisioning: 1 load\n$/);
  });

  it('exits 0 for findings of style, which it only shows when asked', async () => {
    expect(await panelproof('check', STYLE_ONLY)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/no findings\n$/),
    });
    expect(await panelproof('check', STYLE_ONLY, '--style')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('panel-title-missing'),
    });
    expect(await panelproof('check', STYLE_ONLY, '--fail-on', 'style')).toMatchObject({ exitCode: 1 });
  });

  it('prints one JSON object with places and a summary', async () => {
    const { stdout } = await panelproof('check', WRONG_UID, '--format', 'json');
    const report = JSON.parse(stdout) as {
      version: number;
      findings: { rule: string; line: number }[];
      summary: object;
    };
    expect(report).toMatchObject({ version: 1, summary: { load: 1, data: 0, drift: 0, style: 0 } });
    expect(report.findings[0]?.line).toBeGreaterThan(0);
  });

  it.each(['github', 'sarif', 'plain'])('prints the same finding as %s', async (format) => {
    const { stdout, exitCode } = await panelproof('check', WRONG_UID, '--format', format);
    expect([exitCode, stdout.includes('dashboard-uid-invalid')]).toEqual([1, true]);
  });

  it('leaves out a rule that is disabled, and says which one was probably meant', async () => {
    expect(await panelproof('check', WRONG_UID, '--disable', 'dashboard-uid-invalid')).toMatchObject({
      exitCode: 0,
    });
    expect(await panelproof('check', WRONG_UID, '--disable', 'dashboard-uid-invalud')).toMatchObject({
      exitCode: 2,
      stderr: 'panelproof: unknown rule "dashboard-uid-invalud", nearest is "dashboard-uid-invalid"\n',
    });
  });

  it('says that it found nothing to look at, instead of that all is well', async () => {
    const { stdout, exitCode } = await panelproof(
      'check',
      join(RULES, 'panel-title-missing/cases/empty'),
      '--grafana-version',
      '12',
    );
    expect([exitCode, stdout.includes('no findings')]).toEqual([0, true]);
    const nothing = await panelproof('check', join(import.meta.dirname, '../../docs'));
    expect(nothing).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('No Grafana found here') });
  });

  it.each([
    [['check', '/nope'], /^panelproof: cannot read the folder \/nope: there is none\n$/],
    [['check', '--grafana-version', 'twelve'], /"twelve" is no Grafana version/],
    [['check', '--format', 'xml'], /Allowed choices are pretty, plain, json, github, sarif/],
    [['check', '--baseline', '/nope.json'], /cannot read \/nope.json: there is none/],
    [['chekc'], /unknown command 'chekc'/],
  ])('answers the wrong call %j in one line, with exit code 2', async (args, message) => {
    const { exitCode, stderr } = await panelproof(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
  });
});

describe('explain', () => {
  it('explains a rule by its id, also a misspelt one', async () => {
    expect((await panelproof('explain', 'dashboard-uid-invalid')).stdout).toMatch(
      /^## dashboard-uid-invalid\n/,
    );
    expect((await panelproof('explain', 'dashboard-uid-invald')).stdout).toMatch(
      /^## dashboard-uid-invalid\n/,
    );
  });

  it("finds the rule for a line of Grafana's log as it is pasted", async () => {
    const line =
      'logger=provisioning.dashboard type=file name=default level=error msg="failed to save dashboard" file=x.json error="uid contains illegal characters"';
    expect((await panelproof('explain', line)).stdout).toContain('## dashboard-uid-invalid');
  });

  it('says that it does not know other text', async () => {
    expect(await panelproof('explain', 'the weather')).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

it('rules lists every rule with severity and summary', async () => {
  const { stdout } = await panelproof('rules');
  expect(stdout).toMatch(/^load {3}dashboard-uid-duplicate +/m);
  const json = JSON.parse((await panelproof('rules', '--json')).stdout) as { id: string }[];
  expect(json.length).toBe(stdout.trim().split('\n').length);
});
