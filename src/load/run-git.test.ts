import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runGit } from './run-git.ts';

/** More than a pipe holds: who does not read it all breaks it. */
const INPUT = 'x'.repeat(1_000_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-git-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What comes of a git that does what a script says. */
function answerOf(script: string, timeLimit?: number) {
  const git = join(folder, 'git');
  writeFileSync(git, `#!/bin/sh\n${script}\n`);
  chmodSync(git, 0o755);
  return runGit(folder, ['log'], { ceiling: folder, input: INPUT, git, ...(timeLimit ? { timeLimit } : {}) });
}

describe('git', () => {
  it('is heard also when it ends before it has read its input', () => {
    expect(answerOf('echo "fatal: no" >&2; exit 128')).toEqual({ ok: false, why: 'no' });
    expect(answerOf('echo yes')).toMatchObject({ ok: true, stdout: Buffer.from('yes\n') });
  });

  it('says why there is no answer', () => {
    expect(answerOf('cat >/dev/null; exit 1')).toEqual({ ok: false, why: 'git failed' });
    expect(answerOf('exec sleep 60', 50)).toEqual({ ok: false, why: 'git took too long' });
    const missing = runGit(folder, ['log'], { ceiling: folder, git: join(folder, 'none') });
    expect(missing).toEqual({ ok: false, why: 'git is not installed' });
  });
});
