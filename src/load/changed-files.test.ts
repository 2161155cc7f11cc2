import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { changedFiles } from './changed-files.ts';
import { fileReader, workspaceFiles } from './file-reader.ts';
import { diskTree } from './file-tree.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('changedFiles', () => {
  it('tells files of one text from those that commits or the working tree changed', () => {
    const root = repository({ 'same.yaml': 'a: 1\n', 'committed.yaml': 'a: 1\n', 'edited.yaml': 'a: 1\n' });
    commit(root, { 'committed.yaml': 'a: 2\n' });
    const isChanged = changedFiles(root);
    expect(isChanged('same.yaml', Buffer.from('a: 1\n'))).toBe(false);
    expect(isChanged('committed.yaml', Buffer.from('a: 2\n'))).toBe(true);
    expect(isChanged('edited.yaml', Buffer.from('a: 3\n'))).toBe(true);
    expect(isChanged('new.yaml', Buffer.from('a: 1\n'))).toBe(false);
  });

  it('knows of no change outside a repository', () => {
    expect(changedFiles(folder())('a.yaml', Buffer.from(''))).toBe(false);
  });
});

describe('the history of a workspace file', () => {
  it('has the older values, newest first', () => {
    const root = repository({ 'ds.yaml': 'uid: a\n' });
    commit(root, { 'ds.yaml': 'uid: b\n' });
    writeFileSync(join(root, 'ds.yaml'), 'uid: c\n');
    const tree = diskTree(root);
    const files = workspaceFiles(tree, fileReader(tree));
    expect(files.history('ds.yaml', ({ value }) => value).map(({ fact }) => fact)).toEqual([
      { uid: 'b' },
      { uid: 'a' },
    ]);
    expect(files.history('missing.yaml', ({ value }) => value)).toEqual([]);
  });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'panelproof-changed-'));
  folders.push(path);
  return path;
}

function repository(files: Readonly<Record<string, string>>): string {
  const root = folder();
  git(root, 'init', '--quiet');
  commit(root, files);
  return root;
}

function commit(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  git(root, 'add', '--all');
  git(root, '-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '-m', 'Change');
}

function git(root: string, ...words: string[]): void {
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  execFileSync('git', words, { cwd: root, stdio: 'ignore', env });
}
