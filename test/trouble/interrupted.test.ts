import { mkdirSync, readdirSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { definition, makeWorkspace, type TestWorkspace } from '../cli/workspace.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
/** Longer than the test. */
const PATIENT = ['--timeout', '600'];
const CACHE = 'node_modules/.cache/panelproof';
const SAVED = {
  uid: 'a',
  title: 'A',
  schemaVersion: 38,
  panels: [
    {
      id: 1,
      type: 'stat',
      title: 'Up',
      gridPos: { x: 0, y: 0, w: 12, h: 8 },
      datasource: { type: 'prometheus', uid: 'prometheus' },
      targets: [{ refId: 'A', expr: 'up', datasource: { type: 'prometheus', uid: 'prometheus' } }],
    },
  ],
};

/** A port that somebody connects to, and that connection. */
async function listening(): Promise<{ port: number; connected: Promise<Socket> }> {
  const server = createServer();
  onTestFinished(() => void server.close());
  const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, connected };
}

/** A workspace whose definitions never end, and say by a connection that they run. */
function endlessWorkspace(port: number): TestWorkspace {
  const workspace = makeWorkspace({
    'dashboards/a.ts': definition('a'),
    'saved.json': JSON.stringify(SAVED),
  });
  workspace.write({
    'dashboards/lib/datasources.ts': `import { createConnection } from 'node:net';
${workspace.read('dashboards/lib/datasources.ts')}
await new Promise<void>((resolve) => createConnection(${port}, '127.0.0.1', resolve));
// Nobody but the one who started it can end it.
process.on('SIGTERM', () => {});
for (;;);
`,
  });
  mkdirSync(join(workspace.root, 'temporary'));
  mkdirSync(join(workspace.root, CACHE), { recursive: true });
  return workspace;
}

/** What was meant for one run; ts-node keeps a cache of its own in the folder for temporary files. */
function remains(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => /^(?:panelproof|run)-/.test(name));
}

test.each<[string, NodeJS.Signals, string[]]>([
  ['import', 'SIGINT', ['import', 'saved.json', '--force', ...PATIENT]],
  ['import --update', 'SIGTERM', ['import', '--update', 'saved.json', 'dashboards/a.ts', ...PATIENT]],
  ['init', 'SIGINT', ['init', '--yes', ...PATIENT]],
  ['build', 'SIGINT', ['build', ...PATIENT]],
  ['build --watch', 'SIGTERM', ['build', '--watch', ...PATIENT]],
  ['preview --serve', 'SIGINT', ['preview', '--serve', '--port', '0']],
])('%s that is ended by %s leaves no process and no folder behind', async (_, signal, args) => {
  const { port, connected } = await listening();
  const { root, write } = endlessWorkspace(port);
  write({ 'provisioning/dashboards/general/b.json': JSON.stringify({ ...SAVED, uid: 'b', title: 'B' }) });
  const temporary = join(root, 'temporary');
  const cli = execaNode(CLI, args, {
    cwd: root,
    env: { TMPDIR: temporary },
    reject: false,
  });
  onTestFinished(() => void cli.kill('SIGKILL'));
  const host = await connected;
  const isGone = new Promise((resolve) => host.once('close', resolve).once('error', resolve).resume());
  cli.kill(signal);
  expect(await cli).toMatchObject({ signal });
  await isGone;
  expect(remains(temporary)).toEqual([]);
  expect(remains(join(root, CACHE))).toEqual([]);
});

test('import says which dashboard was not proved because a definition never ends, and leaves nothing', async () => {
  const { port } = await listening();
  const { root, exists } = endlessWorkspace(port);
  const { exitCode, stdout } = await execaNode(
    CLI,
    ['import', 'saved.json', '--to', 'dashboards/b.ts', '--timeout', '3'],
    { cwd: root, env: { TMPDIR: join(root, 'temporary') }, reject: false },
  );
  expect(stdout).toContain(`not imported  saved.json
  Unfinished definition: it did not end within 3 s (--timeout changes that)`);
  expect(exitCode).toBe(1);
  expect(exists('dashboards/b.ts')).toBe(false);
  expect(remains(join(root, 'temporary'))).toEqual([]);
});
