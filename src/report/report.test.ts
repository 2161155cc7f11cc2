import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { sourceFile } from '../load/source-file.ts';
import type { Finding } from '../model/finding.ts';
import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';
import { type FileLookup, placeOf } from './place.ts';
import { printFindings } from './plain.ts';
import { prettyReport } from './pretty.ts';

const YAML = 'apiVersion: 1\ndatasources:\n  - name: Prometheus\n    uid: prometheus\n';
const files: FileLookup = { get: (path) => (path === 'ds.yaml' ? sourceFile(path, YAML) : undefined) };

const finding: Finding = {
  rule: 'datasource-invalid',
  severity: 'load',
  message: 'Expected 100% of names, to be: unique',
  at: { file: 'ds.yaml', path: ['datasources', 0, 'uid'] },
  related: [{ at: { file: 'ds.yaml', path: ['datasources', 0, 'name'] }, message: 'is its name' }],
  grafanaLog: 'data source with the same uid already exists',
  fix: { title: 'Give it another uid', safety: 'unsafe', edits: [] },
};

describe('a place', () => {
  it('has the line and columns of the property, counted from 1', () => {
    expect(placeOf(finding.at, files)).toEqual({
      file: 'ds.yaml',
      line: 4,
      column: 10,
      endLine: 4,
      endColumn: 20,
    });
  });

  it('in a file that was not read is its first line', () => {
    expect(placeOf({ file: 'gone.json', path: ['a'] }, files)).toMatchObject({ line: 1, column: 1 });
  });
});

it('prints for people the place, the lines around it, the log line and the repair', () => {
  expect(prettyReport([finding], files)).toBe(`ds.yaml:4:10  load  datasource-invalid
  Expected 100% of names, to be: unique
    3 |   - name: Prometheus
  > 4 |     uid: prometheus
      |          ^^^^^^^^^^
    5 |
  Grafana logs: data source with the same uid already exists
  ds.yaml:3 is its name
  Fix: Give it another uid (needs --unsafe)
`);
});

it.each([
  ['\n', 'a: 1\nb: 2\nc: 3', 'b', ['    1 | a: 1', '  > 2 | b: 2', '      |    ^', '    3 | c: 3']],
  [
    '\r\n',
    'a: 1\r\nb: 2\r\nc: 3\r\nd: 4',
    'b',
    ['    1 | a: 1', '  > 2 | b: 2', '      |    ^', '    3 | c: 3'],
  ],
  ['\n at the end', 'a: 1\nb: 2\n', 'a', ['  > 1 | a: 1', '      |    ^', '    2 | b: 2']],
])('shows the line before and the line behind, with %j between them', (_, text, key, frame) => {
  const file = sourceFile('x.yaml', text);
  const shown = prettyReport([{ ...finding, at: { file: 'x.yaml', path: [key] }, related: [] }], {
    get: () => file,
  });
  expect(shown.split('\n').filter((line) => line.includes(' | '))).toEqual(frame);
});

it('prints one line a finding for grep', () => {
  expect(printFindings([finding], files)).toBe(
    'ds.yaml:4:10 load datasource-invalid: Expected 100% of names, to be: unique\n',
  );
});

it('escapes what would end an annotation of GitHub', () => {
  const hostile = { ...finding, message: 'a%\n::error::b', at: { file: 'x,y:z.json' } };
  expect(githubReport([hostile], files)).toBe(
    '::error file=x%2Cy%3Az.json,line=1,col=1,endLine=1,endColumn=1,title=panelproof datasource-invalid::a%25%0A::error::b\n',
  );
});

it('gives programs the findings and how many there are of each severity', () => {
  const report = jsonReport([finding], files);
  expect(report.summary).toEqual({ load: 1, data: 0, drift: 0, style: 0 });
  expect(report.findings[0]).toMatchObject({
    line: 4,
    fixable: true,
    related: [{ file: 'ds.yaml', line: 3 }],
  });
  const schema = {
    type: 'object',
    required: ['version', 'findings', 'summary'],
    properties: {
      findings: {
        type: 'array',
        items: {
          required: [
            'rule',
            'severity',
            'message',
            'file',
            'line',
            'column',
            'endLine',
            'endColumn',
            'fixable',
            'related',
          ],
        },
      },
    },
  };
  expect(new Ajv().validate(schema, report)).toBe(true);
});

it('shows what a name or a text would command a terminal with as a mark, and names on one line', () => {
  const hostile: Finding = {
    ...finding,
    message: 'Title "\u001b]0;pwned\u0007"',
    at: { file: 'a\u001b[31m\nb.json' },
    related: [],
  };
  const shown = [prettyReport([hostile], files), printFindings([hostile], files)].join('');
  expect(shown).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(githubReport([hostile], files)).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(shown.match(/a\uFFFD\[31m\uFFFDb\.json:1:1/g)).toHaveLength(2);
});
