import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dashboard, fixWorkspace } from '../fix/fix-workspace.ts';

const FOLDER = 'provisioning/dashboards/dice';
const FILE = `${FOLDER}/dice.json`;
const SECOND = `${FOLDER}/second.json`;
const ILLEGAL = {
  [FILE]: dashboard({ uid: 'dice/rolls' }),
  [SECOND]: dashboard({ uid: 'second.rolls', title: 'Second' }),
};

describe('fix in trouble', () => {
  test("a read-only file is somebody's word: nothing at all is written", async () => {
    const workspace = fixWorkspace(ILLEGAL);
    chmodSync(join(workspace.root, SECOND), 0o444);
    const before = workspace.snapshot();
    const run = await workspace.fix(['--unsafe', '--yes']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toBe(`panelproof: Cannot write ${SECOND}: it is read-only; nothing was changed.\n`);
    expect(workspace.snapshot()).toEqual(before);
  });

  test('a file that changes between the plan and the answer is not overwritten, nor is any other', async () => {
    const workspace = fixWorkspace(ILLEGAL);
    const run = await workspace.fix(['--unsafe'], {
      when: () => workspace.write(SECOND, dashboard({ uid: 'theirs', title: 'Second' })),
      answer: 'y\n',
    });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(
      `Cannot write ${SECOND}: it has changed since it was read; nothing was changed.`,
    );
    expect(workspace.read(FILE)).toBe(ILLEGAL[FILE]);
    expect(workspace.read(SECOND)).toContain('"uid": "theirs"');
  });

  test('a file that is deleted between the plan and the answer does not come back', async () => {
    const workspace = fixWorkspace(ILLEGAL);
    const run = await workspace.fix(['--unsafe'], {
      when: () => rmSync(join(workspace.root, SECOND)),
      answer: 'y\n',
    });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(
      `Cannot write ${SECOND}: it is gone since it was read; nothing was changed.`,
    );
    expect(workspace.has(SECOND)).toBe(false);
    expect(workspace.read(FILE)).toBe(ILLEGAL[FILE]);
  });

  test('behind a linked file the file is edited that it leads to, and the link stays', async () => {
    const workspace = fixWorkspace({ 'store/dice.json': dashboard({ uid: 'dice/rolls' }) });
    rmSync(join(workspace.root, FILE));
    symlinkSync('../../../store/dice.json', join(workspace.root, FILE));
    const run = await workspace.fix(['--unsafe', '--yes']);
    expect(run.stdout).toContain('Written: store/dice.json\nLeft: no findings\n');
    expect(run.exitCode).toBe(0);
    expect(lstatSync(join(workspace.root, FILE)).isSymbolicLink()).toBe(true);
    expect(workspace.read('store/dice.json')).toContain('"uid": "dice-rolls-');
  });

  test('a file that goes by two names is written once', async () => {
    const workspace = fixWorkspace();
    const file = 'provisioning/datasources/prometheus.yaml';
    workspace.write(file, workspace.read(file).replace('    isDefault', '    access: server\n    isDefault'));
    const link = join(workspace.root, 'provisioning/datasources/same.yaml');
    symlinkSync('prometheus.yaml', link);
    const run = await workspace.fix(['--yes']);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('2 findings to mend in 1 file\n');
    expect(run.stdout).toContain(`Written: ${file}\n`);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(workspace.read(file)).toContain('    access: proxy\n');
  });

  test('a link that leads out of the tree is neither read nor written through', async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), 'panelproof-outside-')));
    onTestFinished(() => rmSync(outside, { recursive: true }));
    writeFileSync(join(outside, 'dice.json'), dashboard({ uid: 'dice/rolls' }));
    const workspace = fixWorkspace();
    rmSync(join(workspace.root, FILE));
    symlinkSync(join(outside, 'dice.json'), join(workspace.root, FILE));
    await workspace.fix(['--unsafe', '--yes']);
    expect(readFileSync(join(outside, 'dice.json'), 'utf8')).toBe(dashboard({ uid: 'dice/rolls' }));
  });

  test('a folder that becomes a link out of the tree between plan and answer is not written into', async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), 'panelproof-outside-')));
    onTestFinished(() => rmSync(outside, { recursive: true }));
    const workspace = fixWorkspace(ILLEGAL);
    const run = await workspace.fix(['--unsafe'], {
      when() {
        mkdirSync(join(outside, 'dice'));
        renameSync(join(workspace.root, FOLDER), join(outside, 'dice', 'moved'));
        symlinkSync(join(outside, 'dice', 'moved'), join(workspace.root, FOLDER));
      },
      answer: 'y\n',
    });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(`outside of ${workspace.root}`);
    expect(readFileSync(join(outside, 'dice', 'moved', 'dice.json'), 'utf8')).toBe(ILLEGAL[FILE]);
  });

  test('a file whose text is not UTF-8 is refused rather than repaired, and others are mended', async () => {
    const workspace = fixWorkspace({ [SECOND]: dashboard({ uid: 'second.rolls', title: 'Second' }) });
    const latin = Buffer.from(dashboard({ uid: 'dice/rolls', title: 'Würfel' }), 'latin1');
    writeFileSync(join(workspace.root, FILE), latin);
    const run = await workspace.fix(['--unsafe', '--yes']);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(`# not changed: ${FILE}: The text of ${FILE} is not UTF-8.\n`);
    expect(run.stdout).toContain(`Written: ${SECOND}\n`);
    expect(readFileSync(join(workspace.root, FILE))).toEqual(latin);
  });
});
