import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diskTree } from './file-tree.ts';
import { readText, treeFiles } from './tree-files.ts';
import { treeOf } from './tree-of.ts';

test('lists files nearest to the root first, without node_modules and .git', () => {
  const tree = treeOf({
    'z.txt': '',
    'a/deep/x': '',
    'a/b': '',
    'node_modules/p/i.js': '',
    'a/.git/HEAD': '',
  });
  expect(treeFiles(tree)).toEqual(['z.txt', 'a/b', 'a/deep/x']);
});

test('stops at its bound', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`d${index}/f`, '']));
  expect(treeFiles(treeOf(many), 20)).toHaveLength(20);
});

test('does not run in circles of linked folders', () => {
  const root = mkdtempSync(join(tmpdir(), 'tree-files-'));
  try {
    mkdirSync(join(root, 'a'));
    writeFileSync(join(root, 'a/file'), '');
    symlinkSync('..', join(root, 'a/up'));
    symlinkSync('a/file', join(root, 'link'));
    expect(treeFiles(diskTree(root))).toEqual(['link', 'a/file']);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('reads a text without its byte order mark', () => {
  expect(readText(treeOf({ a: '\uFEFFx' }), 'a')).toBe('x');
  expect(readText(treeOf({}), 'a')).toBeUndefined();
});
