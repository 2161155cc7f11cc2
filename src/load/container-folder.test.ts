import { expect, test } from 'vitest';
import type { Mount, MountSource } from '../model/grafana-instance.ts';
import { containerFolder } from './container-folder.ts';
import { treeOf } from './tree-of.ts';

const tree = treeOf({
  'p/datasources/b.yaml': '',
  'p/datasources/a.yaml': '',
  'p/sub/x': '',
  'one.yaml': '',
});

test('a mounted folder holds what the tree has, in order of names', () => {
  expect(shown('/p', mount('/p', bind('p')))).toEqual([true, true, 'datasources=folder sub=folder']);
  expect(shown('/p/datasources/', mount('/p', bind('p')))).toEqual([true, true, 'a.yaml=file b.yaml=file']);
});

test('files mounted one by one make a folder', () => {
  const mounts = [
    mount('/p/datasources/z.yaml', bind('one.yaml')),
    mount('/p/datasources/c.yaml', { kind: 'inline', text: '' }),
    mount('/p/datasources/gone.yaml', bind('gone.yaml')),
  ];
  expect(shown('/p/datasources', ...mounts)).toEqual([
    true,
    true,
    'c.yaml=file gone.yaml=missing z.yaml=file',
  ]);
  expect(shown('/p', ...mounts)).toEqual([true, true, 'datasources=folder']);
  expect(shown('/', ...mounts)).toEqual([true, true, 'p=folder']);
});

test('a deeper mount lies over what the folder has', () => {
  const mounts = [
    mount('/p', bind('p')),
    mount('/p/datasources/a.yaml', bind('p/sub')),
    mount('/p/new/deep', bind('p')),
  ];
  expect(shown('/p/datasources', ...mounts)).toEqual([true, true, 'a.yaml=folder b.yaml=file']);
  expect(shown('/p', ...mounts)).toEqual([true, true, 'datasources=folder new=folder sub=folder']);
});

test('what is filled at run time is unknown, with what is known in it', () => {
  const volume = mount('/v', { kind: 'volume', name: 'data' });
  expect(shown('/v/dashboards', volume)).toEqual(['unknown', false, '']);
  expect(shown('/v', volume, mount('/v/a', bind('p')))).toEqual([true, false, 'a=folder']);
  expect(shown('/p', mount('/p', bind('p')), mount('/p/x', { kind: 'unknown', why: '' }))).toEqual([
    true,
    false,
    'datasources=folder sub=folder x=unknown',
  ]);
});

test('what nobody mounts, and a mount of nothing, do not exist', () => {
  expect(shown('/x')).toEqual([false, true, '']);
  expect(shown('/p', mount('/p', bind('none')))).toEqual([false, true, '']);
  expect(shown('/f', mount('/f', bind('one.yaml')))).toEqual([false, true, '']);
});

function shown(path: string, ...mounts: Mount[]) {
  const { exists, isComplete, entries } = containerFolder(tree, { mounts }, path);
  return [exists, isComplete, entries.map(({ name, kind }) => `${name}=${kind}`).join(' ')];
}

function mount(target: string, source: MountSource): Mount {
  return { target, source, at: undefined };
}

function bind(path: string): MountSource {
  return { kind: 'bind', path };
}
