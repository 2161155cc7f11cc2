import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileHistory } from './git-history.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'git-history-')));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('older texts', () => {
  beforeEach(() => {
    git('init', '-q');
  });

  test('come newest first, each change once', () => {
    commit('ds.yaml', 'one');
    commit('other', 'x');
    commit('ds.yaml', 'two');
    commit('ds.yaml', 'three\n');
    expect(texts('ds.yaml')).toEqual(['three\n', 'two', 'one']);
    expect(fileHistory(root, 'ds.yaml')[0]).toMatchObject({
      commit: git('rev-parse', 'HEAD').trim(),
      date: '2024-01-02T03:04:05+00:00',
    });
    expect(fileHistory(root, 'ds.yaml', { max: 2 })).toHaveLength(2);
  });

  test('of a file in a folder; a repository further up is outside the tree', () => {
    commit('stack/p/ds.yaml', 'one');
    commit('stack/p/ds.yaml', 'two');
    expect(texts('stack/p/ds.yaml')).toEqual(['two', 'one']);
    expect(fileHistory(join(root, 'stack'), 'p/ds.yaml')).toEqual([]);
  });

  test('leave out commits in which the file is gone', () => {
    commit('a b.yaml', 'one');
    git('rm', '-q', 'a b.yaml');
    git('commit', '-qm', 'gone');
    expect(texts('a b.yaml')).toEqual(['one']);
  });

  test('survive names that look like options or patterns', () => {
    commit('--all', 'option');
    commit('[a]*.yaml', 'pattern');
    commit('a.yaml', 'other');
    expect([texts('--all'), texts('[a]*.yaml')]).toEqual([['option'], ['pattern']]);
    expect([texts(':(top)a.yaml'), texts('none'), texts(''), texts('x\0y'), texts('x\ny')]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });

  test('are as far back as a shallow clone goes', () => {
    commit('a', 'one');
    commit('a', 'two');
    const clone = mkdtempSync(join(tmpdir(), 'git-history-clone-'));
    try {
      git('clone', '-q', '--depth=1', `file://${root}`, clone);
      expect(fileHistory(clone, 'a').map(({ text }) => text)).toEqual(['two']);
    } finally {
      rmSync(clone, { recursive: true });
    }
  });
});

describe('no history', () => {
  test('without a repository, without commits, without git, without the folder', () => {
    expect(texts('a')).toEqual([]);
    git('init', '-q');
    expect(texts('a')).toEqual([]);
    commit('a', 'one');
    expect(fileHistory(root, 'a', { git: join(root, 'no-git') })).toEqual([]);
    expect(fileHistory(join(root, 'none'), 'a')).toEqual([]);
  });

  test('when git refuses, as it does for the repository of another user', () => {
    const refusing = join(root, 'refusing-git');
    writeFileSync(refusing, '#!/bin/sh\necho "fatal: detected dubious ownership" >&2\nexit 128\n');
    chmodSync(refusing, 0o755);
    expect(fileHistory(root, 'a', { git: refusing })).toEqual([]);
  });

  test('but some where the user calls the repository of another user safe', () => {
    const asking = join(root, 'asking-git');
    writeFileSync(
      asking,
      `#!/bin/sh
case "$*" in
  *"config --global --get-all safe.directory") echo /here ;;
  *"safe.directory=/here"*) exec git "$@" ;;
  *) echo "fatal: detected dubious ownership in repository" >&2; exit 128 ;;
esac
`,
    );
    chmodSync(asking, 0o755);
    git('init', '-q');
    commit('a', 'one');
    expect(fileHistory(root, 'a', { git: asking }).map(({ text }) => text)).toEqual(['one']);
  });

  test('from a damaged repository', () => {
    git('init', '-q');
    commit('a', 'one');
    writeFileSync(join(root, '.git/HEAD'), 'nonsense');
    expect(texts('a')).toEqual([]);
  });
});

test('a hostile repository gets nothing run', () => {
  const marker = join(root, 'marker');
  const trap = join(root, 'trap.sh');
  writeFileSync(trap, `#!/bin/sh\ntouch "${marker}"\ncat "$1" 2>/dev/null\n`);
  chmodSync(trap, 0o755);
  git('init', '-q');
  commit('a.yaml', 'one');
  commit('.gitattributes', '*.yaml diff=trap filter=trap merge=trap');
  commit('a.yaml', 'two');
  for (const name of [
    'post-checkout',
    'pre-auto-gc',
    'post-index-change',
    'reference-transaction',
    'fsmonitor-watchman',
  ]) {
    mkdirSync(join(root, '.git/hooks'), { recursive: true });
    writeFileSync(join(root, '.git/hooks', name), `#!/bin/sh\ntouch "${marker}"\n`);
    chmodSync(join(root, '.git/hooks', name), 0o755);
  }
  const settings = {
    'core.fsmonitor': trap,
    'core.pager': trap,
    'pager.log': trap,
    'core.sshCommand': trap,
    'core.askPass': trap,
    'core.alternateRefsCommand': trap,
    'core.hooksPath': join(root, '.git/hooks'),
    'diff.external': trap,
    'diff.trap.textconv': trap,
    'diff.trap.command': trap,
    'diff.trap.cachetextconv': 'true',
    'filter.trap.smudge': trap,
    'filter.trap.clean': trap,
    'filter.trap.process': trap,
    'filter.trap.required': 'true',
    'credential.helper': trap,
    'log.showSignature': 'true',
    'gpg.program': trap,
    'gpg.ssh.program': trap,
    'alias.log': `!${trap}`,
    'alias.cat-file': `!${trap}`,
    'alias.rev-parse': `!${trap}`,
    'uploadpack.packObjectsHook': trap,
    'remote.origin.url': `ext::${trap}`,
    'remote.origin.vcs': 'ext',
    'remote.origin.promisor': 'true',
    'protocol.ext.allow': 'always',
    'extensions.partialClone': 'origin',
  };
  for (const [name, value] of Object.entries(settings)) git('config', name, value);
  expect(texts('a.yaml')).toEqual(['two', 'one']);
  // An object that only the hostile remote could give: nothing is fetched.
  const blob = git('rev-parse', 'HEAD~2:a.yaml').trim();
  rmSync(join(root, '.git/objects', blob.slice(0, 2), blob.slice(2)));
  expect(texts('a.yaml')).toEqual(['two']);
  expect(existsSync(marker)).toBe(false);
  // The trap itself works: git unhardened springs it.
  git('diff', 'HEAD~2', 'HEAD', '--', '.gitattributes');
  expect(existsSync(marker)).toBe(true);
});

function texts(path: string): string[] {
  return fileHistory(root, path).map(({ text }) => text);
}

function commit(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  git('add', '-A');
  git('commit', '-qm', 'change');
}

function git(...words: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...identity, ...words], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_DATE: '2024-01-02T03:04:05Z',
      GIT_COMMITTER_DATE: '2024-01-02T03:04:05Z',
    },
  });
}
