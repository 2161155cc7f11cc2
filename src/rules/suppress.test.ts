import { expect, it } from 'vitest';
import { readIgnoreFile } from '../load/ignore-file.ts';
import { sourceFile } from '../load/source-file.ts';
import { treeOf } from '../load/tree-of.ts';
import type { Finding } from '../model/finding.ts';
import type { WorkspaceFiles } from '../model/workspace.ts';
import { suppress } from './suppress.ts';

const found = (
  file: string,
  path: Finding['at']['path'] = ['b'],
  rule = 'datasource-uid-missing',
): Finding => ({
  rule,
  severity: 'drift',
  message: 'm',
  at: { file, path },
  related: [],
});

function kept(findings: Finding[], texts: Record<string, string>, ignoreFile?: string): string[] {
  const files: WorkspaceFiles = {
    get: (path) => (texts[path] === undefined ? undefined : sourceFile(path, texts[path])),
    kind: () => undefined,
    list: () => [],
    history: () => [],
  };
  const tree = treeOf(ignoreFile === undefined ? {} : { '.panelproof-ignore': ignoreFile });
  return suppress(findings, files, readIgnoreFile(tree)).map(({ rule }) => rule);
}

it.each([
  ['at the end of the line', 'a: 1\nb: 2 # panelproof-ignore datasource-uid-missing: made at run time\n', []],
  ['on the line above', 'a: 1\n# panelproof-ignore datasource-uid-missing: made at run time\nb: 2\n', []],
  [
    'at the head of the file',
    '# panelproof-ignore datasource-uid-missing: all of it\n\na: 1\nc: 3\nb: 2\n',
    [],
  ],
  ['without a reason', 'a: 1\nb: 2 # panelproof-ignore datasource-uid-missing\n', ['datasource-uid-missing']],
  ['of another rule', 'a: 1\nb: 2 # panelproof-ignore provider-invalid: why\n', ['datasource-uid-missing']],
  [
    'on a line further up',
    '# x\na: 1 # panelproof-ignore datasource-uid-missing: why\nc: 3\nb: 2\n',
    ['datasource-uid-missing'],
  ],
])('heeds a comment in YAML only where it stands: %s', (_, text, expected) => {
  expect(kept([found('ds.yaml')], { 'ds.yaml': text })).toEqual(expected);
});

it('leaves out what .panelproof-ignore names by path and rule, with a reason', () => {
  const findings = [found('dash/old.json', []), found('dash/new.json', [])];
  expect(kept(findings, {}, 'dash/old.json datasource-uid-missing: kept for the archive\n')).toHaveLength(1);
  expect(kept(findings, {}, '# comment\ndash/*.json *: generated elsewhere\n')).toEqual([]);
});

it('says so when a line of .panelproof-ignore has no reason', () => {
  expect(kept([], {}, 'dash/*.json datasource-uid-missing\n')).toEqual(['suppression-without-reason']);
});
