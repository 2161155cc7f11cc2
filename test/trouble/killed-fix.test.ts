import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { expect, test } from 'vitest';
import { dashboard, fixWorkspace } from '../fix/fix-workspace.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const FOLDER = 'provisioning/dashboards/dice';
const NAMES = ['a', 'b', 'c'];

/** Loaded before the CLI: the process ends without a word at the nth rename. */
const KILL_AT_RENAME = (nth: number) => `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { renameSync } = fs;
let calls = 0;
fs.renameSync = (...args) => {
  if (++calls === ${nth}) process.kill(process.pid, 'SIGKILL');
  return renameSync(...args);
};
syncBuiltinESMExports();
`;

test.each([1, 2, 3])(
  'killed at rename %i of 3, each file is its old or its new text, and the next run finishes the work',
  async (nth) => {
    const old = Object.fromEntries(
      NAMES.map((name) => [`${FOLDER}/${name}.json`, dashboard({ uid: `${name}/x`, title: name })]),
    );
    const workspace = fixWorkspace(old);
    const preload = join(workspace.root, 'kill.mjs');
    writeFileSync(preload, KILL_AT_RENAME(nth));
    const words = ['fix', workspace.root, '--unsafe', '--yes'];
    const killed = await execaNode(CLI, words, { reject: false, nodeOptions: ['--import', preload] });
    expect(killed.signal).toBe('SIGKILL');
    const isNew = Object.entries(old).map(([path, text]) => {
      const now = workspace.read(path);
      if (now !== text) expect(JSON.parse(now)).toEqual({ ...JSON.parse(text), uid: JSON.parse(now).uid });
      return now !== text;
    });
    expect(isNew.filter(Boolean)).toHaveLength(nth - 1);
    const finished = await workspace.fix(['--unsafe', '--yes']);
    expect(finished).toMatchObject({ exitCode: 0, stderr: '' });
    expect(finished.stdout).toContain('Left: no findings\n');
    expect(readdirSync(join(workspace.root, FOLDER)).sort()).toEqual([
      'a.json',
      'b.json',
      'c.json',
      'dice.json',
    ]);
  },
);
