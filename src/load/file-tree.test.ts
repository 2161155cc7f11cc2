import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskTree, openTree, overlayTree } from './file-tree.ts';
import { treeOf } from './tree-of.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'panelproof-tree-'));
  mkdirSync(join(folder, 'tree/sub'), { recursive: true });
  writeFileSync(join(folder, 'secret.json'), '{"secret": true}');
  writeFileSync(join(folder, 'tree/sub/a.json'), '{}');
  writeFileSync(join(folder, 'tree/Z.json'), '{}');
  symlinkSync('../secret.json', join(folder, 'tree/out.json'));
  symlinkSync('..', join(folder, 'tree/up'));
  symlinkSync('sub', join(folder, 'tree/alias'));
  symlinkSync('sub/a.json', join(folder, 'tree/in.json'));
  symlinkSync('.', join(folder, 'tree/sub/cycle'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a tree on disk', () => {
  it('ends where links go in circles', () => {
    const tree = diskTree(join(folder, 'tree'));
    const cycles = (count: number) => `sub/${'cycle/'.repeat(count)}a.json`;
    expect(tree.kind(cycles(3))).toBe('file');
    expect(tree.kind(cycles(500))).toBeUndefined();
  });

  it('reads nothing outside its root, neither through links nor through dots', () => {
    const tree = diskTree(join(folder, 'tree'));
    expect(tree.read('out.json')).toBe('outside');
    expect(tree.read('up/secret.json')).toBe('outside');
    expect(tree.read('sub/../../secret.json')).toBe('outside');
    expect(tree.read('../secret.json')).toBe('outside');
    expect(tree.kind('up')).toBeUndefined();
    expect(tree.list('up')).toEqual([]);
  });

  it('answers for paths that cannot be', () => {
    const tree = diskTree(join(folder, 'tree'));
    const odd = ['Z.json/below', 'a'.repeat(5000), 'nul\0byte', 'nope/deep/file', 'sub'];
    expect(odd.map((path) => tree.read(path))).toEqual([
      'missing',
      'missing',
      'missing',
      'missing',
      'folder',
    ]);
    expect(tree.kind('Z.json/below')).toBeUndefined();
  });

  it('follows links that stay inside, and says that they are links', () => {
    const tree = diskTree(join(folder, 'tree'));
    expect(String(tree.read('in.json'))).toBe('{}');
    expect(tree.list('').map(({ name, kind, isLink }) => [name, kind, isLink])).toEqual([
      ['Z.json', 'file', false],
      ['alias', 'folder', true],
      ['in.json', 'file', true],
      ['out.json', 'other', true],
      ['sub', 'folder', false],
      ['up', 'other', true],
    ]);
  });

  it('says in one line that a folder is not there, or is a file', () => {
    expect(() => openTree(join(folder, 'nope'))).toThrow(/cannot read the folder .*nope: there is none/);
    expect(() => openTree(join(folder, 'secret.json'))).toThrow(/it is a file/);
  });
});

describe('a tree as it will be', () => {
  const tree = overlayTree(
    treeOf({ 'a/old.json': 'old', 'a/gone.json': 'gone' }),
    new Map([
      ['a/old.json', 'new'],
      ['a/gone.json', undefined],
      ['b/c/fresh.json', 'fresh'],
    ]),
  );

  it('shows changed, new and removed files', () => {
    expect([
      String(tree.read('a/old.json')),
      tree.read('a/gone.json'),
      String(tree.read('b/c/fresh.json')),
    ]).toEqual(['new', 'missing', 'fresh']);
    expect(tree.list('a').map(({ name }) => name)).toEqual(['old.json']);
    expect(tree.list('').map(({ name }) => name)).toEqual(['a', 'b']);
    expect([tree.kind('b/c'), tree.kind('a/gone.json')]).toEqual(['folder', undefined]);
  });
});
