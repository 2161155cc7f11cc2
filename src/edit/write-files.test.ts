import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { disk } from './writable-file-system.ts';
import { apply, failure, outside, planned, put, root, tree } from './write-files.fixture.ts';
import { applyPlan } from './write-files.ts';

describe('what is written', () => {
  test('changes, creates and removes files and says which', () => {
    put('a.yaml', 'a: 1\n');
    put('gone.json', '{}');
    const plan = [
      planned('a.yaml', 'a: 1\n', 'a: 2\n'),
      planned('gone.json', '{}', undefined),
      planned('new.json', undefined, '[]'),
    ];
    expect(apply(plan)).toEqual(['a.yaml', 'new.json', 'gone.json']);
    expect(tree()).toEqual({ 'a.yaml': 'a: 2\n', 'new.json': '[]' });
  });

  test('leaves alone a file whose text stays', () => {
    expect(apply([planned('absent.yaml', 'same', 'same')])).toEqual([]);
    expect(tree()).toEqual({});
  });

  test('makes the folders that are missing', () => {
    apply([planned('one/two/a.json', undefined, '1'), planned('one/two/b.json', undefined, '2')]);
    expect(tree()).toEqual({ 'one/two/a.json': '1', 'one/two/b.json': '2' });
  });

  test('keeps the byte order mark, line ends and mode of a file', () => {
    put('a.yaml', '\uFEFFa: 1\r\n');
    chmodSync(join(root, 'a.yaml'), 0o640);
    apply([planned('a.yaml', '\uFEFFa: 1\r\n', '\uFEFFa: ü\r\n')]);
    expect(readFileSync(join(root, 'a.yaml'))).toEqual(Buffer.from('\uFEFFa: ü\r\n'));
    expect(statSync(join(root, 'a.yaml')).mode & 0o777).toBe(0o640);
  });

  test.runIf(process.getuid?.() === 0)('keeps the owner of a file', () => {
    put('a.yaml', '1');
    disk.setOwner(join(root, 'a.yaml'), 1234, 1235);
    apply([planned('a.yaml', '1', '2')]);
    expect(statSync(join(root, 'a.yaml'))).toMatchObject({ uid: 1234, gid: 1235 });
  });

  test('writes a file whose name is as long as a file system allows', () => {
    const name = `${'n'.repeat(250)}.json`;
    apply([planned(name, undefined, '1')]);
    expect(tree()).toEqual({ [name]: '1' });
  });
});

describe('a file that is not what the plan was made of', () => {
  test.each([
    ['has changed', 'other', planned('a.yaml', 'old', 'new'), 'it has changed since it was read'],
    [
      'has changed and shall be removed',
      'other',
      planned('a.yaml', 'old', undefined),
      'it has changed since',
    ],
    ['is gone', undefined, planned('a.yaml', 'old', 'new'), 'it is gone since it was read'],
    ['has come up', 'other', planned('a.yaml', undefined, 'new'), 'it exists already'],
  ])('stops the whole plan when it %s', (_, text, file, words) => {
    if (text !== undefined) put('a.yaml', text);
    put('b.yaml', '1');
    const before = tree();
    const error = failure([planned('b.yaml', '1', '2'), file]);
    expect(error).toMatchObject({ code: 'changed', file: 'a.yaml', written: [] });
    expect(error.message).toContain(`Cannot write a.yaml: ${words}`);
    expect(tree()).toEqual(before);
  });

  test('is not rewritten when it is not UTF-8, since its text would lose bytes', () => {
    writeFileSync(join(root, 'a.yaml'), Buffer.from([0x61, 0xff]));
    expect(failure([planned('a.yaml', 'a\uFFFD', 'b')])).toMatchObject({ code: 'unfit' });
    expect(readFileSync(join(root, 'a.yaml'))).toEqual(Buffer.from([0x61, 0xff]));
  });

  test('is not rewritten when it is UTF-16, which it would not stay', () => {
    writeFileSync(join(root, 'a.yaml'), '\uFEFFa', 'utf16le');
    expect(failure([planned('a.yaml', 'a', 'b')])).toMatchObject({
      code: 'unfit',
      message: 'Cannot write a.yaml: its text is not UTF-8; nothing was changed.',
    });
  });

  test('is not written when it is read-only, whoever asks', () => {
    put('a.yaml', 'old');
    chmodSync(join(root, 'a.yaml'), 0o444);
    const error = failure([planned('a.yaml', 'old', 'new')]);
    expect(error.code).toBe('denied');
    expect(error.message).toBe('Cannot write a.yaml: it is read-only; nothing was changed.');
  });

  test('is not written when it is a folder', () => {
    mkdirSync(join(root, 'a.yaml'));
    expect(failure([planned('a.yaml', undefined, 'new')])).toMatchObject({ code: 'unfit' });
  });

  test('is not written when a part of its path is a file', () => {
    put('a', 'text');
    const error = failure([planned('a/b.yaml', undefined, 'new')]);
    expect(error.message).toContain('a part of its path is a file, not a folder');
  });
});

describe('links and paths', () => {
  test('a link to a file inside is written at its target and stays a link', () => {
    put('real.yaml', '1');
    symlinkSync('real.yaml', join(root, 'link.yaml'));
    apply([planned('link.yaml', '1', '2')]);
    expect(readFileSync(join(root, 'real.yaml'), 'utf8')).toBe('2');
    expect(disk.lookAt(join(root, 'link.yaml'))?.kind).toBe('link');
  });

  test('removing a link removes the link and leaves its target', () => {
    put('real.yaml', '1');
    symlinkSync('real.yaml', join(root, 'link.yaml'));
    apply([planned('link.yaml', '1', undefined)]);
    expect(tree()).toEqual({ 'real.yaml': '1' });
  });

  test('a file and a link to it in one plan are refused, since one would undo the other', () => {
    put('real.yaml', '1');
    symlinkSync('real.yaml', join(root, 'link.yaml'));
    const error = failure([planned('real.yaml', '1', '2'), planned('link.yaml', '1', '3')]);
    expect(error.message).toBe(
      'Cannot write link.yaml: it is the same file as real.yaml; nothing was changed.',
    );
    expect(readFileSync(join(root, 'real.yaml'), 'utf8')).toBe('1');
  });

  test('a link to a file outside is refused', () => {
    writeFileSync(join(outside, 'a.yaml'), '1');
    symlinkSync(join(outside, 'a.yaml'), join(root, 'a.yaml'));
    expect(failure([planned('a.yaml', '1', '2')])).toMatchObject({ code: 'outside-root', file: 'a.yaml' });
    expect(readFileSync(join(outside, 'a.yaml'), 'utf8')).toBe('1');
  });

  test('a folder that is a link to the outside is refused, for old and for new files', () => {
    writeFileSync(join(outside, 'a.yaml'), '1');
    symlinkSync(outside, join(root, 'linked'));
    for (const file of [planned('linked/a.yaml', '1', '2'), planned('linked/new/b.yaml', undefined, '2')]) {
      expect(failure([file])).toMatchObject({ code: 'outside-root' });
    }
    expect(readdirSync(outside)).toEqual(['a.yaml']);
  });

  test('a link to nothing is refused, not made true', () => {
    symlinkSync(join(outside, 'absent.yaml'), join(root, 'a.yaml'));
    expect(failure([planned('a.yaml', undefined, '1')]).message).toContain('a symbolic link to nothing');
    expect(readdirSync(outside)).toEqual([]);
  });

  test.each(['../a.yaml', 'b/../../a.yaml', '/a.yaml', '', '.'])('the path %j is outside', (path) => {
    expect(failure([planned(path, undefined, '1')])).toMatchObject({ code: 'outside-root' });
  });

  test('a root that is itself reached through a link is fine', () => {
    symlinkSync(root, join(outside, 'root'));
    applyPlan(join(outside, 'root'), { files: [planned('a.yaml', undefined, '1')], refused: [] });
    expect(tree()).toEqual({ 'a.yaml': '1' });
  });
});
