import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { definition, makeWorkspace, type TestWorkspace } from './workspace.ts';

const GENERAL = 'provisioning/dashboards/general';

/** `build --watch` in a workspace; `until` waits until a text was printed after all that was waited for before. */
function watching(workspace: TestWorkspace) {
  const cli = execaNode(
    join(import.meta.dirname, '../../dist/cli.js'),
    ['build', '--watch', '--timeout', '60'],
    {
      cwd: workspace.root,
      env: { NO_COLOR: '1' },
      reject: false,
      all: true,
    },
  );
  onTestFinished(() => void cli.kill('SIGKILL'));
  let text = '';
  let seen = 0;
  let look = () => {};
  cli.all.on('data', (chunk) => {
    text += chunk;
    look();
  });
  return {
    cli,
    until: (wanted: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`not printed: ${wanted}\n${text.slice(seen)}`)),
          60_000,
        );
        look = () => {
          const found = wanted.exec(text.slice(seen));
          if (!found) return;
          const part = text.slice(seen, seen + found.index + found[0].length);
          seen += part.length;
          clearTimeout(timer);
          look = () => {};
          resolve(part);
        };
        look();
      }),
  };
}

it('builds again for what is saved, added, renamed and deleted, keeps the last good JSON, and ends on Ctrl-C', async () => {
  const workspace = makeWorkspace({
    'dashboards/a.ts': definition('a')
      .replace('"Dashboard a"', 'title')
      .concat("import { title } from './lib/title.ts';\n"),
    'dashboards/lib/title.ts': "export const title = 'One';\n",
    'dashboards/b.ts': definition('b'),
  });
  const { cli, until } = watching(workspace);
  await until(/2 dashboards, 2 changed.*\n[\s\S]*watching/);

  workspace.write({ 'dashboards/lib/title.ts': "export const title = 'Two';\n" });
  const shared = await until(/changed \([\d.]+ m?s\)\n/);
  expect(shared).toContain('changed: dashboards/lib/title.ts');
  expect(shared).toContain(`written    ${GENERAL}/a.json  (dashboards/a.ts)`);
  expect(shared).not.toContain('b.json');
  expect(workspace.read(`${GENERAL}/a.json`)).toContain('"title": "Two"');

  workspace.write({ 'dashboards/lib/title.ts': 'export const title = 3;\n' });
  expect(await until(/nothing was written/)).toContain("Type 'number' is not assignable to type 'string'");
  expect(workspace.read(`${GENERAL}/a.json`)).toContain('"title": "Two"');
  workspace.write({ 'dashboards/lib/title.ts': "export const title = 'Four';\n" });
  await until(/written {4}.*a\.json/);

  workspace.write({ 'dashboards/c.ts': definition('c') });
  await until(/written {4}.*c\.json/);
  renameSync(join(workspace.root, 'dashboards/c.ts'), join(workspace.root, 'dashboards/d.ts'));
  await until(/dashboards\/d\.ts\)|1 changed|0 changed/);
  workspace.write({ 'dashboards/d.ts': undefined });
  await until(/removed {4}.*c\.json/);

  const yaml = workspace.read('provisioning/datasources/datasources.yaml');
  workspace.write({
    'provisioning/datasources/datasources.yaml': yaml.replace('uid: prometheus', 'uid: metrics-1'),
  });
  await until(/written {4}.*b\.json/);
  expect(workspace.read(`${GENERAL}/a.json`)).toContain('"uid": "metrics-1"');

  // Again and again: a watcher can miss an edit while it turns to the file that a build has just put there.
  const edit = () => workspace.write({ [`${GENERAL}/b.json`]: '{}\n' });
  edit();
  const editing = setInterval(edit, 3000);
  onTestFinished(() => clearInterval(editing));
  await until(/b\.json {2}\(dashboards\/b\.ts, over an edit by hand\)/);
  clearInterval(editing);

  cli.kill('SIGINT');
  const { exitCode, signal } = await cli;
  expect({ exitCode, signal }).toEqual({ exitCode: 0, signal: undefined });
}, 180_000);

it('ends on Ctrl-C also in the middle of a build, which is done or at the second one left', async () => {
  const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a') });
  const stopped = watching(workspace);
  await stopped.until(/watching/);
  workspace.write({ 'dashboards/a.ts': definition('a', { title: 'Two' }) });
  await stopped.until(/changed: /);
  stopped.cli.kill('SIGINT');
  const { exitCode, all } = await stopped.cli;
  expect({ exitCode }).toEqual({ exitCode: 0 });
  expect(all).toMatch(/written {4}.*a\.json.*\n1 dashboard, 1 changed \S+ \S+$/);
  expect(workspace.read(`${GENERAL}/a.json`)).toContain('"title": "Two"');

  const held = watching(workspace);
  await held.until(/watching/);
  workspace.write({
    'dashboards/a.ts': `${definition('a')}setInterval(() => {}, 1000);\nawait new Promise(() => {});\n`,
  });
  await held.until(/changed: /);
  held.cli.kill('SIGINT');
  await held.until(/Ctrl-C again/);
  held.cli.kill('SIGINT');
  const { signal } = await held.cli;
  expect({ signal }).toEqual({ signal: 'SIGINT' });
}, 180_000);

it('is a wrong call with --check', async () => {
  const { exitCode, stderr } = await makeWorkspace().panelproof('build', '--watch', '--check');
  expect(stderr).toContain('--watch writes and goes on');
  expect(exitCode).toBe(2);
});
