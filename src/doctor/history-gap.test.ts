import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { historyGap } from './history-gap.ts';

const TREE = join(import.meta.dirname, '../rules/datasource-uid-changed/cases/uid-changed/before');
let folder: string;
let root: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'panelproof-gap-'));
  root = join(folder, 'repository');
  cpSync(TREE, root, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

const gap = (tree: string) => historyGap(check({ root: tree }).workspaces);

describe('the history of a tree whose database is kept', () => {
  it('is all there in a full clone, and is not missed without a repository', () => {
    expect(gap(root)).toBeUndefined();
    commit();
    expect(gap(root)).toBeUndefined();
  });

  it('is not all there in a shallow clone', () => {
    commit();
    writeFileSync(join(root, 'more'), '');
    commit();
    git('clone', '--quiet', '--depth=1', `file://${root}`, join(folder, 'shallow'));
    expect(gap(join(folder, 'shallow'))).toMatch(/shallow clone .*`fetch-depth: 0`/);
  });

  it('is not read where git refuses the repository', () => {
    commit();
    writeFileSync(join(root, '.git/config'), '[core]\n\trepositoryformatversion = 99\n');
    expect(gap(root)).toMatch(/^Changed uids were not looked for, since git says: /);
  });

  it('does not matter where nothing keeps the database', () => {
    writeFileSync(join(root, 'compose.yaml'), 'services: {grafana: {image: grafana/grafana}}\n');
    commit();
    writeFileSync(join(root, '.git/config'), '[core]\n\trepositoryformatversion = 99\n');
    expect(gap(root)).toBeUndefined();
  });
});

function commit(): void {
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '-m', 'Change');
}

function git(...words: string[]): void {
  execFileSync('git', words, { cwd: root, stdio: 'ignore' });
}
