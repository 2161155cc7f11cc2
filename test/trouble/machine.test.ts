import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { definition, makeWorkspace } from '../cli/workspace.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const DATASOURCES = 'provisioning/datasources/datasources.yaml';

/** Somebody whom the permissions of files concern: they are nothing to root. */
const SOMEBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

function panelproof(root: string, args: readonly string[], how: object = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: root,
    encoding: 'utf8',
    ...how,
  });
  return { status, stdout, stderr };
}

it('builds where the environment has nothing, not even a PATH', () => {
  const { root } = makeWorkspace({ 'dashboards/a.ts': definition('a') });
  expect(panelproof(root, ['build'], { env: {} })).toMatchObject({ status: 0, stderr: '' });
});

test.skipIf(!existsSync('/dev/full'))('output on a full disk is said in one line', () => {
  const { root } = makeWorkspace({ 'dashboards/a.ts': definition('a') });
  for (const command of ['check', 'build', 'rules']) {
    const line = `exec "$0" "$1" ${command} >/dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', line, process.execPath, CLI], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([
      2,
      'panelproof: cannot write the output: ENOSPC: no space left on device, write\n',
    ]);
  }
});

it('says which folder for temporary files is not there', () => {
  const { root } = makeWorkspace({
    'dashboards/a.ts': definition('a'),
    'b.json': '{"uid":"b","title":"B","schemaVersion":38,"panels":[]}',
  });
  const env = { ...process.env, TMPDIR: join(root, 'nowhere') };
  expect(panelproof(root, ['import', 'b.json'], { env })).toMatchObject({
    status: 2,
    stderr: `panelproof: cannot write temporary files in ${join(root, 'nowhere')}: there is none\n`,
  });
});

test.skipIf(!existsSync('/usr/bin/script'))('has no colours for a terminal without them', () => {
  const { root } = makeWorkspace({ 'dashboards/a.ts': 'export default 1;\n' });
  const shown = (TERM: string) =>
    execFileSync('script', ['-qec', `"${process.execPath}" "${CLI}" build || true`, '/dev/null'], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, TERM },
    });
  expect(shown('xterm')).toContain('\u001b[');
  expect(shown('dumb')).not.toContain('\u001b[');
});

test.skipIf(process.platform === 'win32')(
  'what may not be read is named, and is not taken as missing',
  () => {
    const { root } = makeWorkspace({ 'dashboards/a.ts': definition('a') });
    chmodSync(root, 0o755);
    expect(panelproof(root, ['build']).status).toBe(0);
    for (const path of [DATASOURCES, 'provisioning/dashboards/general/a.json', 'provisioning/dashboards']) {
      chmodSync(join(root, path), 0);
      const build = panelproof(root, ['build'], SOMEBODY);
      const check = panelproof(root, ['check'], SOMEBODY);
      chmodSync(join(root, path), 0o755);
      expect([build.status, build.stderr]).toEqual([
        2,
        `panelproof: cannot read ${path}: permission denied\n`,
      ]);
      expect(check.stderr).toMatch(
        new RegExp(`^Not checked, for there is no permission to read it: ${path}(?:,|\n)`),
      );
    }
  },
);

test.skipIf(process.platform === 'win32')(
  'a watch goes on beside a file that may not be watched',
  async () => {
    const { root } = makeWorkspace({ 'dashboards/a.ts': definition('a') });
    chmodSync(root, 0o755);
    chmodSync(join(root, 'dashboards/a.ts'), 0);
    const { signal, stderr } = spawnSync(process.execPath, [CLI, 'build', '--watch'], {
      cwd: root,
      encoding: 'utf8',
      timeout: 5000,
      killSignal: 'SIGINT',
      ...SOMEBODY,
    });
    chmodSync(join(root, 'dashboards/a.ts'), 0o644);
    expect([signal, stderr]).toEqual([null, expect.stringContaining('watching; Ctrl-C ends it')]);
    expect(stderr).toContain('EACCES: permission denied, watch');
  },
);
