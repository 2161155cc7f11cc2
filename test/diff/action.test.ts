import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { definition, makeWorkspace } from '../cli/workspace.ts';
import { readYaml, runStep, type Step } from './steps.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const action = readYaml<{ inputs: Record<string, { default?: string }>; runs: { steps: Step[] } }>(
  'action.yml',
);
const { steps } = action.runs;

describe('the action', () => {
  test('uses other actions at a commit, with the version beside it, as the workflows do', () => {
    const workflows = readdirSync(join(REPOSITORY, '.github/workflows')).map(
      (name) => `.github/workflows/${name}`,
    );
    const texts = ['action.yml', 'src/import/init/skeleton.ts', ...workflows].map((path) =>
      readFileSync(join(REPOSITORY, path), 'utf8'),
    );
    const uses = texts.flatMap((text) => text.match(/uses: .*/g) ?? []);
    expect(uses.length).toBeGreaterThan(9);
    for (const line of uses.filter((each) => each !== 'uses: ./'))
      expect(line).toMatch(/^uses: [\w-]+(?:\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('puts no expression into a script, where it would be code', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  test('passes a pull request that is in order, and tells what changes', { timeout: 180_000 }, async () => {
    const workspace = repository();
    workspace.write({ 'dashboards/two.ts': definition('two') });
    expect((await workspace.panelproof('build')).exitCode).toBe(0);
    const run = await runAction(workspace.root);
    expect(run.failed).toEqual([]);
    expect(run.outputs).toContain('changed=true');
    expect(run.summary).toMatch(/^### Dashboards: 1 dashboard added\n/);
    expect(readFileSync(join(run.temp, 'panelproof/diff/diff.md'), 'utf8')).toBe(run.summary);
    expect(readFileSync(join(run.temp, 'panelproof/diff/diff.html'), 'utf8')).toContain('Dashboard two');
    expect(JSON.parse(readFileSync(join(run.temp, 'panelproof/findings.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    });
  });

  test('fails one whose committed JSON is stale or wrong, after it has told all', {
    timeout: 180_000,
  }, async () => {
    const workspace = repository();
    workspace.write({
      'dashboards/one.ts': definition('one', { title: 'Other' }),
      'provisioning/dashboards/general/hand.json': '{"title": "By hand", "panels": [',
    });
    const run = await runAction(workspace.root);
    expect(run.failed).toEqual(['The verdict']);
    expect(run.output).toMatch(/::error file=provisioning\/dashboards\/general\/hand\.json/);
    expect(run.output).toContain('::error::build --check failed');
    expect(run.summary).toMatch(/one\.json<\/code> is stale: dashboards\/one\.ts compiles to something else/);
  });

  test('takes a tree without definitions', { timeout: 180_000 }, async () => {
    const workspace = repository();
    workspace.write({ dashboards: undefined, 'provisioning/generated.lock': undefined });
    const run = await runAction(workspace.root);
    expect(run.output).toContain('No definitions in dashboards/');
    expect(run.failed).toEqual([]);
    expect(run.outputs).toContain('changed=false');
  });
});

/** A repository with one definition that is built and committed. */
function repository() {
  const workspace = makeWorkspace({
    'dashboards/one.ts': definition('one'),
    '.gitignore': 'node_modules/\ntemp/\n',
  });
  execFileSync(process.execPath, [join(REPOSITORY, 'dist/cli.js'), 'build'], { cwd: workspace.root });
  for (const words of [
    ['init', '-qb', 'main'],
    ['add', '-A'],
    ['commit', '-qm', 'one'],
  ])
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...words], {
      cwd: workspace.root,
    });
  return workspace;
}

/** Runs the action's own steps in order, but for those that install and those that are actions of others. */
async function runAction(root: string) {
  const temp = join(root, 'temp');
  mkdirSync(temp);
  const files = { output: join(temp, 'output'), summary: join(temp, 'summary') };
  const environment = {
    GITHUB_ACTION_PATH: REPOSITORY,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    RUNNER_TEMP: temp,
  };
  const values: Record<string, string> = {};
  for (const [name, { default: text = '' }] of Object.entries(action.inputs)) values[`inputs.${name}`] = text;
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const failed: string[] = [];
  let output = '';
  for (const step of steps) {
    if (step.uses !== undefined || step.name?.startsWith('Install')) continue;
    const before = read(files.output);
    const result = await runStep(step, root, values, environment);
    output += result.output;
    if (result.exitCode !== 0) failed.push(step.name ?? '');
    values[`steps.${step.id}.outputs.defined`] = '';
    for (const line of read(files.output).slice(before.length).split('\n')) {
      const [name, value] = line.split('=');
      if (value !== undefined) values[`steps.${step.id}.outputs.${name}`] = value;
    }
  }
  return { failed, output, outputs: read(files.output), summary: read(files.summary), temp };
}
