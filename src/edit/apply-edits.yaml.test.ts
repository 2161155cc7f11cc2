import { describe, expect, test } from 'vitest';
import { cpuSeconds } from '../../test/cpu-seconds.ts';
import type { Edit, JsonValue } from '../model/edit.ts';
import type { PropertyPath } from '../model/source-file.ts';
import { applyEdits } from './apply-edits.ts';

const FILE = 'datasources.yaml';

const DATASOURCES = `# The data sources of this stack.
apiVersion: 1

datasources:
  - name: Prometheus # metrics
    type: prometheus
    url: "http://prometheus:9090"
    # The interval of the scrape jobs.
    jsonData:
      timeInterval: 15s
  - {name: Loki, type: loki, url: 'http://loki:3100'} # logs
`;

describe('a datasource file written by hand', () => {
  test('gets a missing key behind a sibling', () => {
    const text = edited(DATASOURCES, set(['datasources', 0, 'uid'], 'prometheus', 'name'));
    expect(text).toBe(DATASOURCES.replace('# metrics\n', '# metrics\n    uid: prometheus\n'));
  });

  test('gets a missing key at the end of a mapping, before the next comment and item', () => {
    const text = edited(DATASOURCES, set(['datasources', 0, 'isDefault'], true));
    expect(text).toBe(DATASOURCES.replace('15s\n', '15s\n    isDefault: true\n'));
  });

  test('gets a key renamed where it stands, its value and comments as they are', () => {
    const rename = (path: PropertyPath, key: string): Edit => ({ kind: 'rename', file: FILE, path, key });
    expect(edited(DATASOURCES, rename(['datasources', 0, 'jsonData'], 'json_data'))).toBe(
      DATASOURCES.replace('jsonData:', 'json_data:'),
    );
    expect(edited(DATASOURCES, rename(['datasources', 1, 'url'], 'address'))).toBe(
      DATASOURCES.replace("url: 'http://loki", "address: 'http://loki"),
    );
    expect(edited(`'is_default' : true # c\n`, rename(['is_default'], 'isDefault'))).toBe(
      `'isDefault' : true # c\n`,
    );
  });

  test('gets a missing key inside of braces', () => {
    expect(edited(DATASOURCES, set(['datasources', 1, 'uid'], 'loki', 'name'))).toBe(
      DATASOURCES.replace('{name: Loki,', '{name: Loki, uid: loki,'),
    );
    expect(edited(DATASOURCES, set(['datasources', 1, 'access'], 'proxy'))).toBe(
      DATASOURCES.replace("3100'}", "3100', access: proxy}"),
    );
  });

  test('keeps the quotes of a value that is set', () => {
    expect(edited(DATASOURCES, set(['datasources', 0, 'url'], 'http://other'))).toBe(
      DATASOURCES.replace('http://prometheus:9090', 'http://other'),
    );
    expect(edited(DATASOURCES, set(['datasources', 1, 'url'], "it's"))).toBe(
      DATASOURCES.replace("'http://loki:3100'", "'it''s'"),
    );
  });

  test('loses a key with its line and the comment behind it', () => {
    expect(edited(DATASOURCES, remove(['datasources', 0, 'type']))).toBe(
      DATASOURCES.replace('    type: prometheus\n', ''),
    );
    expect(edited(DATASOURCES, remove(['datasources', 0, 'name']))).toBe(
      DATASOURCES.replace('name: Prometheus # metrics\n    ', ''),
    );
    expect(edited(DATASOURCES, remove(['datasources', 1, 'type']))).toBe(
      DATASOURCES.replace('type: loki, ', ''),
    );
    expect(edited(DATASOURCES, remove(['datasources', 0, 'jsonData', 'timeInterval']))).toBe(
      DATASOURCES.replace('jsonData:\n      timeInterval: 15s\n', 'jsonData: {}\n'),
    );
  });

  test('loses a list item', () => {
    expect(edited(DATASOURCES, remove(['datasources', 1]))).toBe(
      DATASOURCES.slice(0, DATASOURCES.indexOf('  - {name')),
    );
  });

  test('gets a list item in the style of the others', () => {
    const text = edited(DATASOURCES, append(['datasources'], { name: 'Tempo', jsonData: { a: ['x', 1] } }));
    expect(text).toBe(`${DATASOURCES}  - name: Tempo\n    jsonData:\n      a:\n        - x\n        - 1\n`);
  });

  test('gets a missing list behind a key of the root', () => {
    const text = edited(DATASOURCES, {
      kind: 'set',
      file: FILE,
      path: ['deleteDatasources'],
      value: [{ name: 'Prometheus', orgId: 1 }],
      after: 'apiVersion',
    });
    expect(text).toBe(
      DATASOURCES.replace(
        'apiVersion: 1\n',
        'apiVersion: 1\ndeleteDatasources:\n  - name: Prometheus\n    orgId: 1\n',
      ),
    );
  });

  test('gets the mappings that are missing on the way', () => {
    expect(edited('datasources:\n- name: x\n', set(['datasources', 0, 'jsonData', 'a', 'b'], 1))).toBe(
      'datasources:\n- name: x\n  jsonData:\n    a:\n      b: 1\n',
    );
  });
});

describe('the ways YAML can be written', () => {
  test.each<readonly [string, string, Edit, string]>([
    [
      'lists that are not indented',
      'a:\n- x: 1\nb: 2\n',
      append(['a'], { x: 2 }),
      'a:\n- x: 1\n- x: 2\nb: 2\n',
    ],
    [
      'wide dashes',
      'a:\n  -   x: 1\n',
      append(['a'], { x: 2, q: 3 }),
      'a:\n  -   x: 1\n  -   x: 2\n      q: 3\n',
    ],
    [
      'four columns',
      'a:\n    b:\n        c: 1\n',
      set(['d'], { e: 1 }),
      'a:\n    b:\n        c: 1\nd:\n    e: 1\n',
    ],
    [
      'carriage returns',
      'a:\r\n  b: 1\r\nc: 2\r\n',
      set(['a', 'd'], 3),
      'a:\r\n  b: 1\r\n  d: 3\r\nc: 2\r\n',
    ],
    ['no final newline', 'a: 1', set(['b'], 2), 'a: 1\nb: 2'],
    ['no final newline, the last key goes', 'a: 1\nb: 2', remove(['b']), 'a: 1'],
    ['an empty value', 'a:\nb: 1\n', set(['a'], 'x'), 'a: x\nb: 1\n'],
    ['an empty value with a comment', 'a: # why\nb: 1\n', set(['a', 'x'], 1), 'a: # why\n  x: 1\nb: 1\n'],
    ['an empty value for a list', 'a: # why\nb: 1\n', append(['a'], 'x'), 'a: # why\n  - x\nb: 1\n'],
    ['an empty item', 'a:\n  -\n  - 1\n', set(['a', 0], 'x'), 'a:\n  - x\n  - 1\n'],
    [
      'an empty item that becomes a mapping',
      'a:\n  - # c\n',
      set(['a', 0, 'x'], { q: 1 }),
      'a:\n  - x: # c\n      q: 1\n',
    ],
    ['an empty list', 'a: []\nb: 1\n', append(['a'], { x: 1 }), 'a:\n  - x: 1\nb: 1\n'],
    ['an empty mapping', 'a: {} # c\nb: 1\n', set(['a', 'x'], 1), 'a: # c\n  x: 1\nb: 1\n'],
    [
      'a scalar that becomes a mapping',
      '- p: 1\n  q: x # c\n',
      set([0, 'q'], { r: 1 }),
      '- p: 1\n  q: # c\n    r: 1\n',
    ],
    [
      'an item that becomes a mapping',
      '- x # c\n- q\n',
      set([0], { r: 1, s: 2 }),
      '- r: 1 # c\n  s: 2\n- q\n',
    ],
    [
      'a mapping that becomes a scalar',
      'a: # c\n  # d\n  x: 1\n  q: 1 # e\nb: 1\n',
      set(['a'], 5),
      'a: 5 # c\n  # d\nb: 1\n',
    ],
    [
      'a mapping that becomes another',
      'a:\n  x: 1\n  q: 1\nb: 1\n',
      set(['a'], { z: 1 }),
      'a:\n  z: 1\nb: 1\n',
    ],
    ['a mapping that becomes a list', 'a:\n  x: 1\nb: 1\n', set(['a'], [1]), 'a:\n  - 1\nb: 1\n'],
    ['a list that becomes empty', 'a:\n  - 1 # c\nb: 1\n', remove(['a', 0]), 'a: []\nb: 1\n'],
    ['brackets', 'a: [x, q]\n', append(['a'], 'z'), 'a: [x, q, z]\n'],
    ['padded braces', 'a: { x: 1 }\n', set(['a', 'q'], 2), 'a: { x: 1, q: 2 }\n'],
    [
      'braces over lines',
      'a: {\n  x: 1, # c\n  q: 2 # d\n}\n',
      set(['a', 'z'], 3),
      'a: {\n  x: 1, # c\n  q: 2, # d\n  z: 3\n}\n',
    ],
    ['a trailing comma', 'a: [\n  x,\n]\n', append(['a'], 'q'), 'a: [\n  x,\n  q,\n]\n'],
    [
      'a line of braces that goes',
      'a: {\n  x: 1, # c\n  q: 2 # d\n}\n',
      remove(['a', 'x']),
      'a: {\n  q: 2 # d\n}\n',
    ],
    ['the last in brackets', 'a: [x, q]\n', remove(['a', 1]), 'a: [x]\n'],
    ['the only one in brackets', 'a: [x]\n', remove(['a', 0]), 'a: []\n'],
    ['a key without value in braces', '{a, b: 1}\n', set(['a'], 2), '{a: 2, b: 1}\n'],
    ['JSON in a YAML file', '{"a": "x"}\n', set(['b'], 'q'), '{"a": "x", "b": "q"}\n'],
    ['siblings in double quotes', 'a: "x"\nb: "q"\n', set(['c'], 'z'), 'a: "x"\nb: "q"\nc: "z"\n'],
    ['a block scalar before', 'a: |\n  text\n\nb: 1\n', set(['c'], 1, 'a'), 'a: |\n  text\nc: 1\n\nb: 1\n'],
    ['a block scalar that goes', 'a: 1\nb: |-\n  text\n\n  more\nc: 1\n', remove(['b']), 'a: 1\nc: 1\n'],
    [
      'text under |',
      'a: | # c\n  old\n\n  text\nb: 1\n',
      set(['a'], 'new\n\n text\n'),
      'a: | # c\n  new\n\n   text\nb: 1\n',
    ],
    [
      'text under | that becomes one line',
      'a: |- # c\n  x\n  y\nb: 1\n',
      set(['a'], 'z'),
      'a: z # c\nb: 1\n',
    ],
    ['folded text', 'a: >\n  x\n  y\n\nb: 1\n', set(['a'], 'z\n'), 'a: "z\\n"\n\nb: 1\n'],
    ['blank lines that count at the end', 'a:\n  - b: |+\n      x\n\n', set(['a', 0], 1), 'a:\n  - 1\n'],
    [
      'blank lines that count before a new key',
      'a: |+\n  x\n\nb: 1\n',
      set(['c'], 1, 'a'),
      'a: |+\n  x\n\nc: 1\nb: 1\n',
    ],
    ['an anchor nobody uses', 'a: &x\n  b: 1\n', set(['a', 'c'], 1), 'a: &x\n  b: 1\n  c: 1\n'],
    ['an alias that is replaced', 'a: &x 1\nb: *x\n', set(['b'], 2), 'a: &x 1\nb: 2\n'],
    [
      'a merge key beside',
      'a: &x {p: 1}\nb:\n  <<: *x\n',
      set(['b', 'q'], 2),
      'a: &x {p: 1}\nb:\n  <<: *x\n  q: 2\n',
    ],
    ['nothing but comments', '# nothing yet\n', append(['a'], 'x'), '# nothing yet\na:\n  - x\n'],
    ['an empty file', '', set(['a'], 1), 'a: 1\n'],
    ['a document marker', '--- # start\na: 1\n...\n', set(['b'], 1), '--- # start\na: 1\nb: 1\n...\n'],
    [
      'a first key with a comment below',
      '- a: 1 # x\n  # of b\n  b: 2\n',
      remove([0, 'a']),
      '- # of b\n  b: 2\n',
    ],
    ['a list in a list', '- - a\n  - b\n', remove([0, 0]), '- - b\n'],
    ['keys that are numbers', '1: x\n', set(['1'], 'q'), '1: q\n'],
    ['a key __proto__', 'a: {x: 1}\n', set(['a', '__proto__'], { p: 1 }), 'a: {x: 1, __proto__: {p: 1}}\n'],
  ])('%s', (_, before, edit, after) => {
    expect(edited(before, edit)).toBe(after);
    expect(edited(`\uFEFF${before}`, edit)).toBe(`\uFEFF${after}`);
  });
});

test('hundreds of edits in a long file take no hundreds of readings', () => {
  const items = Array.from(
    { length: 1000 },
    (_, index) => `  - name: s${index}\n    jsonData:\n      a: "x"\n`,
  );
  const text = `datasources:\n${items.join('')}`;
  const edits = items.map((_, index) => set(['datasources', index, 'uid'], `u${index}`, 'name'));
  let after = '';
  const seconds = cpuSeconds(() => {
    after = edited(text, ...edits);
  });
  expect(after.match(/^ {4}uid: u\d+$/gm)).toHaveLength(1000);
  expect(seconds).toBeLessThan(10);
});

describe('what is refused, with a reason', () => {
  test.each<readonly [string, string, Edit, RegExp]>([
    ['a path through an alias', 'a: &x {p: 1}\nb: *x\n', set(['b', 'p'], 2), /b is written as \*x/],
    ['an anchor that others use', 'a: &x {p: 1}\nb: *x\n', set(['a', 'p'], 2), /a is anchored as &x/],
    [
      'a key that a merge gives',
      'a: &x {p: 1}\nb:\n  <<: *x\n',
      set(['b', 'p'], 2),
      /b\.p comes from a merge key/,
    ],
    ['a block in place of text under |', 'a: |\n  x\n', set(['a'], [1]), /not by a block/],
    ['a tag that says otherwise', 'a: !!str 5\n', set(['a'], 6), /allows no change/],
    ['an anchor on what is deleted', 'a: [{x: &x 1}]\nb: *x\n', remove(['a', 0]), /allows no change/],
    ['several documents', 'a: 1\n---\nb: 1\n', set(['a'], 2), /several YAML documents/],
    ['a text that does not parse', 'a: [\n', set(['a'], 2), /not valid YAML/],
    ['duplicate keys', 'a: 1\na: 2\n', set(['a'], 2), /not valid YAML: Map keys must be unique/],
    ['an unknown alias', 'a: *x\n', set(['b'], 2), /not valid YAML: Unresolved alias/],
    ['a key with a question mark', '? a\n: 1\n', set(['b'], 2), /\? key/],
    ['a path that leads nowhere', 'a: [1]\n', set(['a', 3, 'x'], 1), /There is no a\[3\]/],
    ['a path into a scalar', 'a: 1\n', set(['a', 'b'], 1), /a is not a mapping/],
    ['an append to a mapping', 'a: {}\n', append(['a'], 1), /a is not a list/],
    ['the removal of what is not there', 'a: 1\n', remove(['b']), /There is no b/],
    ['the removal of all', 'a: 1\n', remove(['a']), /a is all there is in the file/],
    ['a whole file', 'a: 1\n', set([], 1), /not replaced by a property edit/],
  ])('%s', (_, text, edit, reason) => {
    const result = applyEdits(FILE, 'yaml', text, [edit]);
    expect(result).toEqual({
      text,
      applied: [],
      deferred: [],
      refused: [{ edit, reason: expect.stringMatching(reason) }],
    });
  });
});

function edited(text: string, ...edits: Edit[]): string {
  const result = applyEdits(FILE, 'yaml', text, edits);
  expect(result.refused).toEqual([]);
  expect(result.applied).toEqual(edits);
  return result.text;
}

function set(path: PropertyPath, value: JsonValue, after?: string) {
  const edit = { kind: 'set', file: FILE, path, value } as const;
  return after === undefined ? edit : { ...edit, after };
}

function append(path: PropertyPath, value: JsonValue) {
  return { kind: 'append', file: FILE, path, value } as const;
}

function remove(path: PropertyPath) {
  return { kind: 'delete', file: FILE, path } as const;
}
