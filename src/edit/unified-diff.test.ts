import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { applyPatch } from 'diff';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { cpuSeconds } from '../../test/cpu-seconds.ts';
import type { PlannedFile, WritePlan } from '../model/write-plan.ts';
import { unifiedDiff } from './unified-diff.ts';

test('shows a changed file with its reasons above it', () => {
  const file = planned(
    'a.yaml',
    'a: 1\nb: 2\nc: 3\n',
    'a: 1\nb: 3\nc: 3\n',
    'b was too small.',
    'c is next.',
  );
  expect(unifiedDiff(plan(file))).toBe(
    [
      '# b was too small.',
      '# c is next.',
      '--- a/a.yaml',
      '+++ b/a.yaml',
      '@@ -1,3 +1,3 @@',
      ' a: 1',
      '-b: 2',
      '+b: 3',
      ' c: 3',
      '',
    ].join('\n'),
  );
});

test('shows created and removed files against /dev/null', () => {
  const text = unifiedDiff(
    plan(planned('new.json', undefined, '[]\n'), planned('old.json', '{}\n', undefined)),
  );
  expect(text).toBe(
    '--- /dev/null\n+++ b/new.json\n@@ -0,0 +1,1 @@\n+[]\n--- a/old.json\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-{}\n',
  );
});

test('shows a file that only moves as a rename', () => {
  const text = unifiedDiff(
    plan(
      planned('a.JSON', '{}\n', undefined, 'Grafana skips this ending.'),
      planned('a.json', undefined, '{}\n'),
    ),
  );
  expect(text).toBe(
    '# Grafana skips this ending.\ndiff --git a/a.JSON b/a.json\nsimilarity index 100%\nrename from a.JSON\nrename to a.json\n',
  );
});

test('says nothing of a plan that changes nothing', () => {
  expect(unifiedDiff(plan(planned('a.yaml', 'a', 'a')))).toBe('');
});

test('ends with the edits that were refused, each on one line', () => {
  const edit = { kind: 'delete', file: 'a.yaml', path: ['a'] } as const;
  const text = unifiedDiff({ files: [], refused: [{ edit, reason: 'it is\nan anchor.' }] });
  expect(text).toBe('# not changed: a.yaml: it is an anchor.\n');
});

test('is a patch that git applies', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unified-diff-'));
  try {
    const files = [
      planned('a.yaml', '\uFEFFa: 1\r\nb: ü', '\uFEFFa: 1\r\nb: ü\r\nc: 3', 'Line ends stay.'),
      planned('gone.json', '{}\n', undefined, 'It is not needed.'),
      planned('new.json', undefined, '[]\n'),
      planned('x.JSON', '1\n2\n', undefined, 'The ending.'),
      planned('x.json', undefined, '1\n2\n'),
    ];
    for (const { path, before } of files) if (before !== undefined) writeFileSync(join(folder, path), before);
    await execa('git', ['apply', '-'], { cwd: folder, input: unifiedDiff(plan(...files)) });
    const texts = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    const expected = files.filter((file) => file.after !== undefined).map(({ path, after }) => [path, after]);
    expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(expected));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('two long files with nothing in common are told apart quickly and rightly', () => {
  const before = lines(20_000, 'old');
  const after = lines(20_000, 'new');
  let text = '';
  const seconds = cpuSeconds(() => {
    text = unifiedDiff(plan(planned('a.json', before, after)));
  });
  expect(seconds).toBeLessThan(10);
  expect(applyPatch(before, text)).toBe(after);
});

test('colours lines and changes no character of them', () => {
  const given = plan(planned('a.yaml', 'a: 1\n', 'a: 2\n', 'Why.'));
  const text = unifiedDiff(given, { color: true });
  expect(text).toContain('\u001B[31m-a: 1\u001B[39m\n\u001B[32m+a: 2\u001B[39m\n');
  expect(stripVTControlCharacters(text)).toBe(unifiedDiff(given));
});

function planned(path: string, before: string | undefined, after: string | undefined, ...reasons: string[]) {
  return { path, before, after, reasons } satisfies PlannedFile;
}

function plan(...files: readonly PlannedFile[]): WritePlan {
  return { files, refused: [] };
}

function lines(count: number, word: string): string {
  return Array.from({ length: count }, (_, index) => `${word} ${index}\n`).join('');
}
