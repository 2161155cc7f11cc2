import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '../..');

/** Maintained linter of workflows, written in Go: `go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.7`. */
const actionlint = ['actionlint', join(homedir(), 'go/bin/actionlint')].find((program) => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

test('the linter of workflows has nothing to say', async ({ skip }) => {
  if (actionlint === undefined) return skip('actionlint is not installed');
  const workflows = readdirSync(join(REPOSITORY, '.github/workflows'));
  expect(workflows).toContain('dashboards-comment.yml');
  const paths = workflows.map((name) => join('.github/workflows', name));
  const { all } = await execa(actionlint, ['-no-color', ...paths], {
    cwd: REPOSITORY,
    all: true,
    reject: false,
  });
  expect(all).toBe('');
});
