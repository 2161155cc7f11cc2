import { expect, test } from 'vitest';
import { treeOf } from './tree-of.ts';

test('a tree in memory lists, reads and tells files from folders as one on disk', () => {
  const tree = treeOf({ 'a/b.txt': 'text', 'a/B/c': '', d: 'x' });
  expect(tree.list('').map(({ name, kind }) => `${kind} ${name}`)).toEqual(['folder a', 'file d']);
  expect(tree.list('a').map(({ name }) => name)).toEqual(['B', 'b.txt']);
  expect(tree.read('a/b.txt').toString()).toBe('text');
  expect([tree.read('a'), tree.read('none')]).toEqual(['folder', 'missing']);
  expect([tree.kind('a/B'), tree.kind('a/B/c'), tree.kind('e'), tree.kind('')]).toEqual([
    'folder',
    'file',
    undefined,
    'folder',
  ]);
  expect(tree.list('none')).toEqual([]);
});
