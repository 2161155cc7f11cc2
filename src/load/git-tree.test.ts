import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskTree } from './file-tree.ts';
import { gitFolder, gitTree } from './git-tree.ts';
import { treeFiles } from './tree-files.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'git-tree-')));
  git('init', '-q');
  for (const [path, text] of Object.entries({
    'a.json': 'a',
    'x/b c.yaml': 'b',
    'x/y/ü.json': 'ü',
    'x.y': '',
  })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync('../a.json', join(root, 'x/in.json'));
  symlinkSync('../../out.json', join(root, 'x/out.json'));
  symlinkSync('loop', join(root, 'loop'));
  git('add', '.');
  git('commit', '-qm', 'one');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test('a commit is the tree that is checked out', () => {
  const [commit, disk] = [gitTree(gitFolder(root), 'HEAD'), diskTree(root)];
  const paths = treeFiles(disk);
  expect(treeFiles(commit).toSorted()).toEqual(paths.toSorted());
  for (const path of [...paths, 'x', 'x/y', 'none', 'x/out.json', 'loop']) {
    expect([path, commit.kind(path)]).toEqual([path, disk.kind(path)]);
    const [one, other] = [commit.read(path), disk.read(path)];
    if (typeof other !== 'string') expect([path, String(one)]).toEqual([path, String(other)]);
    else expect(typeof one).toBe('string');
  }
});

test('a file of a commit is compared without being read', () => {
  const tree = gitTree(gitFolder(root), 'HEAD');
  expect(tree.hasBytes('a.json', Buffer.from('a'))).toBe(true);
  expect(tree.hasBytes('x/in.json', Buffer.from('a'))).toBe(true);
  expect(tree.hasBytes('a.json', Buffer.from('b'))).toBe(false);
  expect(tree.hasBytes('none', Buffer.from(''))).toBeUndefined();
});

test('a folder of a repository is a tree of its own', () => {
  const tree = gitTree(gitFolder(join(root, 'x')), 'HEAD');
  expect(tree.paths.toSorted()).toEqual(['b c.yaml', 'in.json', 'out.json', 'y/ü.json']);
  expect(String(tree.read('y/ü.json'))).toBe('ü');
  expect(tree.read('in.json')).toBe('outside');
});

test('a commit that does not exist is one clear line', () => {
  expect(() => gitTree(gitFolder(root), 'none')).toThrow(
    /^cannot list the files of none: Not a valid object name/,
  );
});

test('links that lead out or in circles are followed nowhere', () => {
  const tree = gitTree(gitFolder(root), 'HEAD');
  expect(tree.read('x/out.json')).toBe('outside');
  expect(tree.read('loop')).toBe('outside');
});

function git(...words: string[]): void {
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...words], { cwd: root });
}
