import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { definition, makeWorkspace } from './workspace.ts';

const SDK = '@grafana/grafana-foundation-sdk';

describe('definitions that do not work', () => {
  it('are all reported in one run, each at its place, and nothing is written', async () => {
    const workspace = makeWorkspace({
      'dashboards/good.ts': definition('good'),
      'dashboards/no-default.ts': 'export const x = 1;\n',
      'dashboards/throws.ts': "import './lib/throws.ts';\nexport default [];\n",
      'dashboards/lib/throws.ts': 'const a: number = 1;\n\nthrow new Error(`broken in two\\nlines ${a}`);\n',
      'dashboards/exits.ts': '// @ts-ignore\nprocess.exit(7);\nexport default [];\n',
      'dashboards/throws-text.ts': "throw 'only text';\n",
      'dashboards/waits.ts': 'await new Promise(() => {});\nexport default [];\n',
      'dashboards/rejects.ts': "void Promise.reject(new Error('nobody waits'));\nexport default [];\n",
      'dashboards/killed.ts': "// @ts-ignore\nprocess.kill(process.pid, 'SIGKILL');\nexport default [];\n",
      'dashboards/missing-package.ts': "// @ts-ignore\nimport 'no-such-package';\nexport default [];\n",
      'dashboards/builder.ts': `import { DashboardBuilder } from '${SDK}/dashboard';\nexport default new DashboardBuilder('x');\n`,
      'dashboards/list.ts': 'export default [1, { a: 2 }];\n',
      'dashboards/type-only.ts': 'export default [] as string[];\n',
    });
    const { exitCode, stdout } = await workspace.panelproof('build', '--json');
    expect(exitCode).toBe(1);
    const { findings } = JSON.parse(stdout) as {
      findings: { file: string; line: number; message: string }[];
    };
    const said = findings.map(({ file, line, message }) => `${file}:${line} ${message}`).sort();
    expect(said).toEqual([
      'dashboards/builder.ts:1 Expected the default export to be a dashboard made by `dashboard({ … })` or an array of them, found a builder of the SDK',
      'dashboards/exits.ts:1 Unfinished definition: it ended the process with exit code 7',
      'dashboards/killed.ts:1 Unfinished definition: it ended the process by SIGKILL',
      'dashboards/lib/throws.ts:3 broken in two lines 1',
      'dashboards/list.ts:1 Expected the default export[0] to be a dashboard made by `dashboard({ … })` or an array of them, found number',
      'dashboards/list.ts:1 Expected the default export[1] to be a dashboard made by `dashboard({ … })` or an array of them, found another object',
      expect.stringMatching(/^dashboards\/missing-package.ts:\d+ Cannot find package 'no-such-package'/),
      'dashboards/no-default.ts:1 Expected a default export: `export default dashboard({ … })`, found none',
      'dashboards/rejects.ts:1 nobody waits',
      'dashboards/throws-text.ts:1 only text',
      'dashboards/waits.ts:1 Unfinished definition: it ended the process with exit code 13: it waits for something that never comes',
    ]);
    expect(workspace.exists('provisioning/generated.lock')).toBe(false);
    expect(workspace.exists('provisioning/dashboards/general')).toBe(false);
  });

  it('that wait for what never comes print the error that nobody waited for', async () => {
    const workspace = makeWorkspace({
      'dashboards/a.ts':
        "void Promise.reject(new Error('The cause.'));\nexport default await new Promise(() => {});\n",
    });
    const { stdout, stderr } = await workspace.panelproof('build');
    expect(stdout).toContain('it waits for something that never comes');
    expect(stderr).toContain('Error: The cause.');
  });

  it('that never end are stopped, and those after them still run', async () => {
    const workspace = makeWorkspace({
      'dashboards/a-endless.ts': 'for (;;);\n',
      'dashboards/b-no-default.ts': 'export {};\n',
    });
    const { exitCode, stdout } = await workspace.panelproof('build', '--timeout', '10');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('dashboards/a-endless.ts');
    expect(stdout).toContain('it did not end within 10 s (--timeout changes that)');
    expect(stdout).toContain('Expected a default export');
  });

  it('are shown with file, line and what the compiler says of their types and syntax', async () => {
    const workspace = makeWorkspace({
      'dashboards/types.ts': definition('types', { more: 'refresh: 30,' }),
      'dashboards/lib/count.ts': "export const count: number = 'one';\n",
      'dashboards/imports.ts': `import { count } from './lib/count.ts';\n${definition('imports')}void count;\n`,
      'dashboards/missing-module.ts': "import { x } from './lib/no.ts';\nexport default x;\n",
      'dashboards/syntax.ts': 'export default {\n  uid: ,\n};\n',
      'dashboards/enum.ts': 'enum Size { S }\nexport default Size.S;\n',
      'dashboards/interface.ts': "import { Shape } from './lib/shape.ts';\nexport default [] as Shape[];\n",
      'dashboards/lib/shape.ts': 'export interface Shape { a: 1 }\n',
    });
    const { exitCode, stdout } = await workspace.panelproof('build');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^dashboards\/types.ts:9:3 {2}load {2}definition-type-error\n {2}Type 'number' is not assignable to type 'string'. \(TS2322\)/m,
    );
    expect(stdout).toMatch(
      /^dashboards\/lib\/count.ts:1:14 .*\n {2}Type 'string' is not assignable to type 'number'. \(TS2322\)/m,
    );
    expect(stdout).toMatch(/^dashboards\/missing-module.ts:1:19 .*\n {2}Cannot find module '.\/lib\/no.ts'/m);
    expect(stdout).toMatch(/^dashboards\/syntax.ts:2:8 .*\n {2}Expression expected. \(TS1109\)/m);
    expect(stdout).toMatch(
      /^dashboards\/enum.ts:1:6 .*\n {2}This syntax is not allowed when 'erasableSyntaxOnly' is enabled/m,
    );
    expect(stdout).toMatch(
      /^dashboards\/interface.ts:1:10 .*\n {2}'Shape' is a type and must be imported using a type-only import/m,
    );
    expect(stdout.match(/definition-failed/g) ?? []).toEqual([]);
    expect(stdout).toMatch(/^6 findings: nothing was written/m);
  });
});

describe('a workspace that is none', () => {
  it('without dashboards/ is a wrong call', async () => {
    const workspace = makeWorkspace({ dashboards: undefined });
    const { exitCode, stdout, stderr } = await workspace.panelproof('build');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toBe(
      `panelproof: no folder dashboards/ in ${workspace.root}: definitions are its TypeScript files; \`panelproof init\` makes one`,
    );
  });

  it('says where dashboards/ is to who stands in a folder below', async () => {
    const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a') });
    const { stderr } = await workspace.panelproof('build', 'dashboards/lib');
    expect(stderr).toMatch(new RegExp(`; there is one in ${workspace.root}$`));
  });

  it('has its provisioning in another folder than the flag says: it is told which', async () => {
    const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a') });
    renameSync(`${workspace.root}/provisioning`, `${workspace.root}/provisioned`);
    const { exitCode, stderr } = await workspace.panelproof('build');
    expect([exitCode, stderr]).toEqual([
      2,
      `panelproof: no folder provisioning/ in ${workspace.root}, there is provisioned: add --provisioning provisioned`,
    ]);
  });

  it('has a configuration of the compiler that leads nowhere: a finding with its name', async () => {
    const workspace = makeWorkspace({
      'dashboards/a.ts': definition('a'),
      'tsconfig.json': '{ "extends": "./nowhere.json" }',
    });
    const { exitCode, stdout } = await workspace.panelproof('build');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^tsconfig\.json:1:1 {2}load {2}definition-type-error$/m);
  });

  it('with a dashboards/ that defines nothing, such as the provisioning folder, says so', async () => {
    const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a') });
    const { exitCode, stdout } = await workspace.panelproof('build', 'provisioning');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^0 dashboards: no TypeScript file in dashboards\/ defines one \(/m);
  });

  it('whose dashboards/ is a link out of it is a wrong call', async () => {
    const elsewhere = makeWorkspace();
    const workspace = makeWorkspace({ dashboards: undefined });
    mkdirSync(`${elsewhere.root}/real`);
    symlinkSync(`${elsewhere.root}/real`, `${workspace.root}/dashboards`);
    const { exitCode, stderr } = await workspace.panelproof('build');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is a link to nothing or out of the workspace');
  });

  it('with a definition that is a link to nothing is a wrong call, and its dashboards stay', async () => {
    const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a') });
    await workspace.panelproof('build');
    workspace.write({ 'dashboards/a.ts': undefined });
    symlinkSync('nowhere.ts', `${workspace.root}/dashboards/a.ts`);
    symlinkSync('somebody@host.1', `${workspace.root}/dashboards/.#b.ts`);
    const { exitCode, stderr } = await workspace.panelproof('build');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('dashboards/a.ts in ');
    expect(workspace.exists('provisioning/dashboards/general/a.json')).toBe(true);
  });

  it.each([
    [['build', '/no/such/folder'], 'cannot read the folder /no/such/folder: there is none'],
    [['build', '--colour'], "unknown option '--colour'"],
    [['build', '--timeout', 'soon'], 'Expected a number of seconds above 0.'],
    [['build', '--check', '--diff'], '--check and --diff do not go together'],
    [['build', '--provisioning', tmpdir()], 'lies outside the workspace'],
    [['biuld'], "unknown command 'biuld'"],
  ])('%j is a wrong call', async (args, message) => {
    const { exitCode, stderr } = await makeWorkspace().panelproof(...args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});
