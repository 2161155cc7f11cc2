import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlannedFile } from '../model/write-plan.ts';
import { disk, type WritableFileSystem } from './writable-file-system.ts';
import { WriteError } from './write-error.ts';
import { applyPlan } from './write-files.ts';

let root: string;
let outside: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'write-files-')));
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'write-files-outside-')));
});

afterEach(() => {
  for (const folder of [root, outside]) rmSync(folder, { recursive: true, force: true });
});

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

describe('a file system that fails', () => {
  const operations = ['read', 'makeFolder', 'create', 'setMode', 'rename', 'remove'] as const;
  const words = {
    EACCES: ['denied', 'permission denied'],
    EROFS: ['read-only', 'the file system is read-only'],
    ENOSPC: ['disk-full', 'no space is left on the disk'],
  } as const;
  const cases = operations.flatMap((operation) =>
    (['EACCES', 'EROFS', 'ENOSPC'] as const).flatMap((code) =>
      [1, 2].map((nth) => ({ operation, code, nth })),
    ),
  );

  test.each(cases)('$code in $operation, time $nth, leaves whole files and no temporary', (given) => {
    put('a.yaml', 'old a');
    put('b.yaml', 'old b');
    put('c.yaml', 'old c');
    put('d.yaml', 'old d');
    const before = tree();
    const plan = [
      planned('a.yaml', 'old a', 'new a'),
      planned('b.yaml', 'old b', 'new b'),
      planned('x/c.yaml', undefined, 'new c'),
      planned('y/d.yaml', undefined, 'new d'),
      planned('c.yaml', 'old c', undefined),
      planned('d.yaml', 'old d', undefined),
    ];
    const error = failure(plan, failing(given));
    const [code, sentence] = words[given.code];
    expect(error.code).toBe(code);
    expect(error.message).toContain(`Cannot write ${error.file}: ${sentence}; `);
    expect(plan.map((file) => file.path)).toContain(error.file);
    const after = { ...before };
    for (const path of error.written) {
      const text = plan.find((file) => file.path === path)?.after;
      if (text === undefined) delete after[path];
      else after[path] = text;
    }
    expect(tree()).toEqual(after);
    expect(error.message.includes('nothing was changed')).toBe(error.written.length === 0);
    if (['read', 'makeFolder', 'create', 'setMode'].includes(given.operation))
      expect(error.written).toEqual([]);
    expect(readdirSync(root).filter((name) => name === 'x' || name === 'y')).toEqual(
      ['x', 'y'].filter((name) => Object.keys(after).some((path) => path.startsWith(name))),
    );
  });

  test('a text that is written only in part is taken away', () => {
    const create = (path: string) => {
      disk.create(path, 'ha');
      fail('ENOSPC');
    };
    const full = { ...disk, create };
    put('a.yaml', 'old');
    expect(failure([planned('a.yaml', 'old', 'half')], full)).toMatchObject({ code: 'disk-full' });
    expect(tree()).toEqual({ 'a.yaml': 'old' });
  });

  test('an unforeseen failure is told in the words of the system', () => {
    expect(
      failure([planned('a', undefined, '1')], failing({ operation: 'create', code: 'EIO', nth: 1 })),
    ).toEqual(
      expect.objectContaining({ code: 'failed', message: 'Cannot write a: EIO; nothing was changed.' }),
    );
  });
});

describe('a killed process', () => {
  test('leaves the old file whole, and the next run clears its temporary away', async () => {
    put('a.yaml', 'old');
    const program = join(outside, 'killed.mjs');
    await build({
      stdin: { contents: KILLED_BETWEEN, resolveDir: dirname(fileURLToPath(import.meta.url)), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: program,
      logLevel: 'error',
    });
    const child = await execa(process.execPath, [program, root], { reject: false });
    expect(child.signal).toBe('SIGKILL');
    expect(readFileSync(join(root, 'a.yaml'), 'utf8')).toBe('old');
    const left = readdirSync(root).filter((name) => name !== 'a.yaml');
    expect(left).toEqual([expect.stringMatching(/^\.a\.yaml\.panelproof-\d+-[0-9a-f]{8}\.tmp$/)]);
    apply([planned('a.yaml', 'old', 'new')]);
    expect(tree()).toEqual({ 'a.yaml': 'new' });
  });

  test('the temporary of a process that still runs is left to it', () => {
    const name = `.a.yaml.panelproof-${process.ppid}-0123abcd.tmp`;
    put(name, 'theirs');
    apply([planned('a.yaml', undefined, 'new')]);
    expect(tree()).toEqual({ 'a.yaml': 'new', [name]: 'theirs' });
  });
});

const KILLED_BETWEEN = `
import { applyPlan } from './write-files.ts';
import { disk } from './writable-file-system.ts';
const rename = () => { process.kill(process.pid, 'SIGKILL'); };
const file = { path: 'a.yaml', before: 'old', after: 'new', reasons: [] };
applyPlan(process.argv[2] ?? '', { files: [file], refused: [] }, { ...disk, rename });
`;

function planned(path: string, before: string | undefined, after: string | undefined): PlannedFile {
  return { path, before, after, reasons: [] };
}

function apply(files: readonly PlannedFile[], fs?: WritableFileSystem): readonly string[] {
  return applyPlan(root, { files, refused: [] }, fs);
}

function failure(files: readonly PlannedFile[], fs?: WritableFileSystem): WriteError {
  try {
    apply(files, fs);
  } catch (error) {
    if (error instanceof WriteError) return error;
    throw error;
  }
  throw new Error('The plan was written.');
}

/** The disk, but for one operation that fails from its nth call on: a full disk stays full. */
function failing(given: {
  operation: keyof WritableFileSystem;
  code: string;
  nth: number;
}): WritableFileSystem {
  let calls = 0;
  const doomed = (...args: unknown[]) => {
    calls += 1;
    // Taking temporaries away must work for the tree to be clean; only removing a planned file may fail.
    const counts = given.operation !== 'remove' || !String(args[0]).endsWith('.tmp');
    if (counts && calls >= given.nth) fail(given.code);
    return Reflect.apply(disk[given.operation], disk, args);
  };
  return { ...disk, [given.operation]: doomed };
}

function fail(code: string): never {
  throw Object.assign(new Error(code), { code });
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function tree(): Record<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}
