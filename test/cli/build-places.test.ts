import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { definition, makeWorkspace, panelproof } from './workspace.ts';

const REPOSITORY = join(import.meta.dirname, '../..');

it('builds a workspace of CommonJS, without node_modules, below a path with blanks, brackets and letters of other tongues', async () => {
  const workspace = makeWorkspace(
    {
      node_modules: undefined,
      'package.json': '{ "type": "commonjs" }\n',
      'dashboards/a.ts': definition('a').replaceAll('\n', '\r\n'),
      'dashboards/without-ending.ts':
        "import one from './a';\nimport { double } from './lib/double.js';\nexport default double(one).slice(1, 1);\n",
      'dashboards/lib/double.ts':
        'export function double<Item>(item: Item): Item[] {\n  return [item, item];\n}\n',
    },
    'panelproof (Тест) 100% ä-',
  );
  const { exitCode, stdout } = await workspace.panelproof('build');
  expect(stdout).toContain('written    provisioning/dashboards/general/a.json  (dashboards/a.ts)');
  expect(exitCode).toBe(0);

  workspace.write({
    'dashboards/lib/double.ts':
      "export const double = (_: unknown): unknown[] => {\r\n  throw new Error('no');\r\n};\r\n",
  });
  const failed = await workspace.panelproof('build');
  expect(failed.stdout).toMatch(/^dashboards\/lib\/double.ts:2:9 {2}load {2}definition-failed\n {2}no$/m);
});

it("gives its own SDK to a workspace that has only found it on the NODE_PATH, where pnpm's start script puts it", async () => {
  const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a') });
  const packages = { NODE_PATH: join(REPOSITORY, 'node_modules') };
  const { exitCode, stdout } = await panelproof(['build'], workspace.root, packages);
  expect(stdout).toContain('written    provisioning/dashboards/general/a.json');
  expect(exitCode).toBe(0);
});

it('takes absolute paths, from any folder, also through npm', async () => {
  const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a') });
  const provisioning = join(workspace.root, 'provisioning');
  const built = await panelproof(['build', workspace.root, '--provisioning', provisioning], '/');
  expect(built.stdout).toContain('written    provisioning/dashboards/general/a.json');
  const { stdout } = await execa(
    'npm',
    ['run', '-s', 'panelproof', '--', 'build', workspace.root, '--check'],
    {
      cwd: REPOSITORY,
    },
  );
  expect(stdout).toContain('unchanged  provisioning/dashboards/general/a.json  (dashboards/a.ts)');
});

it("puts another environment's uids in with --provisioning", async () => {
  const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a') });
  cpSync(join(workspace.root, 'provisioning'), join(workspace.root, 'deploy/production'), {
    recursive: true,
  });
  const yaml = workspace.read('provisioning/datasources/datasources.yaml');
  workspace.write({
    'deploy/production/datasources/datasources.yaml': yaml.replace('uid: prometheus', 'uid: prod-metrics'),
  });
  expect((await workspace.panelproof('build')).exitCode).toBe(0);
  const { exitCode, stdout } = await workspace.panelproof('build', '-p', 'deploy/production');
  expect(stdout).toContain('written    deploy/production/dashboards/general/a.json');
  expect(exitCode).toBe(0);
  const production = workspace.read('deploy/production/dashboards/general/a.json');
  expect(production).toContain('"uid": "prod-metrics"');
  expect(production.replaceAll('prod-metrics', 'prometheus')).toBe(
    workspace.read('provisioning/dashboards/general/a.json'),
  );
  expect(workspace.exists('deploy/production/generated.lock')).toBe(true);
});

it('prints help for every command, with exit code 0', async () => {
  const { stdout: help } = await panelproof(['-h'], '/');
  const commands = [...help.matchAll(/^ {2}(\w+)/gm)].map((match) => match[1] as string);
  expect(commands).toContain('build');
  for (const command of commands.filter((name) => name !== 'help')) {
    const { exitCode, stdout } = await panelproof([command, '-h'], '/');
    expect(stdout).toContain(`Usage: panelproof ${command}`);
    expect(stdout, 'a default that says nothing').not.toMatch(
      /default:\s+(?:[{[]|"?(?:undefined|null|false|)"?\))/,
    );
    expect(exitCode).toBe(0);
  }
});
