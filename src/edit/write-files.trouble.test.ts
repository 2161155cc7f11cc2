import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { disk, type WritableFileSystem } from './writable-file-system.ts';
import { apply, failure, outside, planned, put, root, tree } from './write-files.fixture.ts';

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
