import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dashboardOf, panelOf, second } from './dashboard.fixture.ts';
import { diff } from './diff.ts';
import { tell } from './tell.ts';

let root: string;
const one = JSON.stringify(dashboardOf());
const two = JSON.stringify(dashboardOf({ panels: [panelOf(), second] }));

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'diff-')));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('the working tree', () => {
  test('is compared with where the branch left the main one, not with what came there since', () => {
    init({ 'd.json': one });
    git('switch', '-qc', 'feature');
    commit({ 'd.json': two });
    git('switch', '-q', 'main');
    commit({ 'other.json': JSON.stringify(dashboardOf({ uid: 'other' })) });
    git('switch', '-q', 'feature');
    expect(summary()).toBe('1 dashboard changed: 1 panel added');
    expect(diff({ root })).toMatchObject({
      before: expect.stringMatching(/^main \([0-9a-f]{7}\)$/),
      after: 'the working tree',
    });
    expect(summary({ before: 'main' })).toBe('1 dashboard removed, 1 dashboard changed: 1 panel added');
  });

  test('counts as it is on disk: changed, new, deleted, without what git ignores', () => {
    init({ 'a.json': one, 'b.json': JSON.stringify(dashboardOf({ uid: 'b' })), '.gitignore': 'out/\n' });
    write({ 'a.json': two, 'c.json': JSON.stringify(dashboardOf({ uid: 'c' })), 'out/d.json': two });
    rmSync(join(root, 'b.json'));
    expect(summary()).toBe('1 dashboard added, 1 dashboard removed, 1 dashboard changed: 1 panel added');
  });

  test('is named as the part of it that a folder below the top is', () => {
    init({ 'a.json': one, 'sub/folder/b.json': JSON.stringify(dashboardOf({ uid: 'b' })) });
    write({ 'a.json': two });
    const report = diff({ root: join(root, 'sub/folder') });
    expect(report).toMatchObject({ after: 'the working tree below sub/folder/', dashboards: [] });
  });

  test('knows a renamed file by the uid of its dashboard', () => {
    init({ 'a.json': one });
    git('mv', 'a.json', 'b c.json');
    const [section] = tell(diff({ root })).sections;
    expect(section).toMatchObject({ counts: 'file', file: 'b c.json' });
  });

  test('of a folder further down is that folder alone', () => {
    init({ 'a.json': one, 'team/b.json': one });
    write({ 'a.json': two, 'team/b.json': two });
    const { dashboards } = diff({ root: join(root, 'team') });
    expect(dashboards.map((item) => item.kind === 'changed' && item.after.file)).toEqual(['b.json']);
  });

  test('is read through links, on both sides', () => {
    init({ 'real/a.json': one });
    symlinkSync('real/a.json', join(root, 'link.json'));
    symlinkSync('/etc/passwd', join(root, 'out.json'));
    git('add', '.');
    git('commit', '-qm', 'link');
    expect(summary()).toBe('no change');
    write({ 'real/a.json': two });
    expect(summary()).toBe('2 dashboards changed: 2 panels added');
  });

  test('leaves out what the ignore file leaves out', () => {
    init({ 'fixtures/a.json': one, '.panelproof-ignore': 'fixtures/** *: fixtures\n' });
    write({ 'fixtures/a.json': two });
    expect(summary()).toBe('no change');
  });

  test('with other line ends or spaces is no change', () => {
    init({ 'a.json': one });
    write({ 'a.json': JSON.stringify(JSON.parse(one), undefined, 4).replaceAll('\n', '\r\n') });
    expect(summary()).toBe('no change');
  });
});

describe('two of a kind', () => {
  test('files are one dashboard whatever their names', () => {
    write({ 'old.json': one, 'new.json': two });
    expect(summary({ before: 'old.json', after: 'new.json' })).toBe('1 dashboard changed: 1 panel added');
  });

  test('folders need no repository', () => {
    write({ 'old/x/a.json': one, 'new/x/a.json': two });
    expect(summary({ before: 'old', after: 'new' })).toBe('1 dashboard changed: 1 panel added');
  });

  test('refs are compared without the working tree', () => {
    init({ 'a.json': one });
    commit({ 'a.json': two });
    write({ 'a.json': '{' });
    expect(summary({ before: 'HEAD~1', after: 'HEAD' })).toBe('1 dashboard changed: 1 panel added');
  });
});

describe('there is one clear line', () => {
  const message = (options = {}) => {
    try {
      diff({ root, ...options });
      return 'none';
    } catch (error) {
      return (error as Error).name === 'UsageError'
        ? (error as Error).message
        : String((error as Error).stack);
    }
  };

  test('outside of a repository', () => {
    expect(message()).toBe(`${root} is in no git repository: name two files or folders to compare`);
  });

  test('in a repository without commits', () => {
    git('init', '-qb', 'main');
    expect(message()).toBe('this repository has no commit yet: there is nothing to compare with');
    expect(message({ before: 'main' })).toBe(
      'this repository has no commit yet: there is nothing to compare with',
    );
  });

  test('for a ref that does not exist, also one that looks like an option', () => {
    init({ 'a.json': one });
    expect(message({ before: 'Main' })).toBe('there is no commit "Main", nearest is "main"');
    expect(message({ before: '--output=x' })).toBe('there is no commit "--output=x", there is "main"');
    expect(message({ before: 'a.json' })).toContain('it is a path, and two of them are needed');
  });

  test('for a file that does not parse', () => {
    writeFileSync(join(root, 'bad.json'), '{ "uid": }');
    writeFileSync(join(root, 'good.json'), JSON.stringify(one));
    expect(message({ before: 'bad.json', after: 'good.json' })).toMatch(/^cannot compare .*bad\.json: /);
    expect(message({ before: 'good.json', after: 'bad.json' })).toMatch(/^cannot compare .*bad\.json: /);
  });

  test('in a clone too shallow for a merge base', () => {
    init({ 'a.json': one });
    git('switch', '-qc', 'feature');
    commit({ 'a.json': two });
    git('switch', '-q', 'main');
    commit({ 'b.json': one });
    const clone = join(root, 'clone');
    git('clone', '-q', '--depth=1', '--no-single-branch', '--branch=feature', `file://${root}`, clone);
    expect(message({ root: clone })).toMatch(
      /^the history of this shallow clone does not reach back to origin\/HEAD: run `git fetch --unshallow`/,
    );
    expect(tell(diff({ root: clone, before: 'origin/main' })).summary).toContain('1 panel added');
    expect(message({ root: clone, before: 'HEAD~1' })).toContain('this clone is shallow');
  });

  test('without a main branch', () => {
    init({ 'a.json': one });
    git('branch', '-m', 'trunk');
    expect(message()).toContain('there is no branch main or master to compare with');
    expect(summary({ target: 'trunk' })).toBe('no change');
  });

  test('for a path that is not there', () => {
    init({ 'a.json': one });
    expect(message({ before: 'a.json', after: 'b.json' })).toContain('there is no commit "a.json"');
  });
});

test('a file that does not parse is named, with its side', () => {
  init({ 'a.json': one, 'package.json': '{' });
  write({ 'a.json': one.slice(0, -1), 'package.json': '{}' });
  expect(diff({ root }).unreadable).toEqual([
    { file: 'a.json', side: 'after', why: 'the JSON ends too early' },
  ]);
});

describe('generated files', () => {
  const lock = (text: string) =>
    JSON.stringify({
      lockVersion: 1,
      files: {
        'd.json': { definition: 'dashboards/d.ts', sha256: createHash('sha256').update(text).digest('hex') },
      },
    });
  const states = () => diff({ root }).stale.map(({ file, why }) => `${file} ${why}`);

  beforeEach(() => {
    init({ 'p/generated.lock': lock(one), 'p/d.json': one, 'dashboards/d.ts': 'one' });
  });

  test('that are as they were built say nothing', () => {
    expect(states()).toEqual([]);
    write({ 'p/generated.lock': lock(two), 'p/d.json': two, 'dashboards/d.ts': 'two' });
    expect(states()).toEqual([]);
  });

  test('say that a hand edited them, or took them away', () => {
    write({ 'p/d.json': two });
    expect(states()).toEqual(['p/d.json edited']);
    rmSync(join(root, 'p/d.json'));
    expect(states()).toEqual(['p/d.json missing']);
  });

  test('that did not change with their definition may be a refactoring or a forgotten build', () => {
    write({ 'dashboards/d.ts': 'refactored' });
    expect(states()).toEqual(['p/d.json unsure']);
    expect(summary()).toBe('no change');
  });
});

test('nothing that the repository configures is run', () => {
  init({ 'a.json': one, '.gitattributes': '*.json diff=evil filter=evil\n' });
  const trap = join(root, '.git/trap');
  writeFileSync(trap, `#!/bin/sh\ntouch ${root}/trapped\ncat\n`);
  chmodSync(trap, 0o755);
  mkdirSync(join(root, '.git/hooks'), { recursive: true });
  for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction'])
    writeFileSync(join(root, '.git/hooks', hook), `#!/bin/sh\ntouch ${root}/trapped\n`, { mode: 0o755 });
  for (const key of [
    'core.fsmonitor',
    'diff.external',
    'diff.evil.textconv',
    'filter.evil.smudge',
    'filter.evil.clean',
    'core.pager',
    'core.sshCommand',
  ])
    git('config', key, trap);
  write({ 'a.json': two });
  expect(summary()).toBe('1 dashboard changed: 1 panel added');
  expect(existsSync(join(root, 'trapped'))).toBe(false);
});

function summary(options = {}): string {
  const paths = Object.fromEntries(Object.entries(options));
  return tell(diff({ root, ...paths })).summary;
}

function init(files: Readonly<Record<string, string>>): void {
  git('init', '-qb', 'main');
  commit(files);
}

function commit(files: Readonly<Record<string, string>>): void {
  write(files);
  git('add', '-A');
  git('commit', '-qm', 'x');
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function git(...words: string[]): string {
  return execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...words], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
}
