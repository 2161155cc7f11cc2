import { describe, expect, test } from 'vitest';
import { cpuSeconds } from '../../test/cpu-seconds.ts';
import type { Edit, JsonValue } from '../model/edit.ts';
import type { PropertyPath } from '../model/source-file.ts';
import { applyEdits } from './apply-edits.ts';

const FILE = 'dashboard.json';

const DASHBOARD = `{
  "title": "Dice",
  "panels": [
    {
      "id": 1,
      "gridPos": {"h": 8, "w": 12},
      "targets": []
    }
  ],
  "tags": ["a", "b"]
}
`;

describe('a dashboard', () => {
  test('gets a value set where it stands', () => {
    expect(edited(DASHBOARD, set(['panels', 0, 'id'], 7))).toBe(DASHBOARD.replace('"id": 1', '"id": 7'));
    expect(edited(DASHBOARD, set(['panels', 0, 'gridPos', 'w'], 24))).toBe(DASHBOARD.replace('12', '24'));
  });

  test('gets a missing property at the end or behind a sibling', () => {
    expect(edited(DASHBOARD, set(['uid'], 'dice'))).toBe(
      DASHBOARD.replace('["a", "b"]\n', '["a", "b"],\n  "uid": "dice"\n'),
    );
    expect(edited(DASHBOARD, set(['uid'], 'dice', 'title'))).toBe(
      DASHBOARD.replace('"Dice",\n', '"Dice",\n  "uid": "dice",\n'),
    );
  });

  test('gets a key renamed where it stands, unless the other key is taken', () => {
    expect(edited(DASHBOARD, { kind: 'rename', file: FILE, path: ['panels', 0, 'id'], key: 'uid' })).toBe(
      DASHBOARD.replace('"id": 1', '"uid": 1'),
    );
    const taken = applyEdits(FILE, 'json', DASHBOARD, [
      { kind: 'rename', file: FILE, path: ['tags'], key: 'title' },
    ]);
    expect(taken.refused.map(({ reason }) => reason)).toEqual(['There is already a title.']);
  });

  test('gets objects laid out as the others', () => {
    const datasource = { type: 'prometheus', uid: 'p' };
    expect(edited(DASHBOARD, set(['panels', 0, 'datasource'], datasource, 'id'))).toBe(
      DASHBOARD.replace(
        '"id": 1,\n',
        '"id": 1,\n      "datasource": {\n        "type": "prometheus",\n        "uid": "p"\n      },\n',
      ),
    );
    expect(edited(DASHBOARD, append(['panels', 0, 'targets'], { refId: 'A' }))).toBe(
      DASHBOARD.replace('[]', '[\n        {\n          "refId": "A"\n        }\n      ]'),
    );
    expect(edited(DASHBOARD, set(['panels', 0, 'gridPos', 'at'], { x: [0, 1] }))).toBe(
      DASHBOARD.replace('"w": 12', '"w": 12, "at": {"x": [0, 1]}'),
    );
  });

  test('loses properties and items, with the comma that parted them', () => {
    expect(edited(DASHBOARD, remove(['title']))).toBe(DASHBOARD.replace('  "title": "Dice",\n', ''));
    expect(edited(DASHBOARD, remove(['tags']))).toBe(DASHBOARD.replace(',\n  "tags": ["a", "b"]', ''));
    expect(edited(DASHBOARD, remove(['tags', 0]))).toBe(DASHBOARD.replace('"a", ', ''));
    expect(edited(DASHBOARD, remove(['panels', 0]))).toContain('  "panels": [],\n');
  });
});

describe('the ways JSON can be written', () => {
  test.each<readonly [string, string, Edit, string]>([
    [
      'tabs',
      '{\n\t"a": {\n\t\t"b": 1\n\t}\n}',
      set(['c'], [1]),
      '{\n\t"a": {\n\t\t"b": 1\n\t},\n\t"c": [\n\t\t1\n\t]\n}',
    ],
    [
      'four columns',
      '{\n    "a": 1\n}\n',
      set(['b'], { c: 1 }),
      '{\n    "a": 1,\n    "b": {\n        "c": 1\n    }\n}\n',
    ],
    ['on one line', '{"a":1}', set(['b'], { c: [1, 2] }), '{"a":1,"b":{"c":[1,2]}}'],
    ['on one line with blanks', '{"a": 1}\n', set(['b'], { c: [1, 2] }), '{"a": 1, "b": {"c": [1, 2]}}\n'],
    ['with blanks inside of the braces', '{ "a": 1 }', set(['a'], { c: {} }), '{ "a": { "c": {} } }'],
    ['besides such', '{ "a": 1 }', set(['b'], { c: [1] }), '{ "a": 1, "b": { "c": [1] } }'],
    [
      'carriage returns',
      '{\r\n  "a": 1\r\n}\r\n',
      set(['b'], { c: 1 }),
      '{\r\n  "a": 1,\r\n  "b": {\r\n    "c": 1\r\n  }\r\n}\r\n',
    ],
    ['no final newline', '{\n  "a": 1\n}', remove(['a']), '{}'],
    ['an empty object', '{}\n', set(['a'], 1), '{"a":1}\n'],
    ['nothing', 'null', set(['a', 'b'], 1), '{"a":{"b":1}}'],
    ['odd neighbours on one line', '{\n  "a":1,"b" :2\n}', set(['a'], 3), '{\n  "a":3,"b" :2\n}'],
    [
      'odd escapes and numbers',
      '{\n  "\\u0061": 1.0e+0,\n  "b": "\\/"\n}',
      set(['a'], 2),
      '{\n  "\\u0061": 2,\n  "b": "\\/"\n}',
    ],
    ['duplicate keys, of which the last counts', '{"a": 1, "a": 2}', set(['a'], 3), '{"a": 1, "a": 3}'],
    ['a key __proto__', '{"a": {}}', set(['a', '__proto__'], { p: 1 }), '{"a": {"__proto__": {"p": 1}}}'],
    ['a key with marks', '{"a": 1}', set(['"\n'], 1), '{"a": 1, "\\"\\n": 1}'],
    [
      'a text with line breaks',
      '{\n  "a": {\n    "b": 1\n  }\n}',
      set(['a'], { c: 'x\n  y' }),
      '{\n  "a": {\n    "c": "x\\n  y"\n  }\n}',
    ],
  ])('%s', (_, before, edit, after) => {
    expect(edited(before, edit)).toBe(after);
    expect(edited(`\uFEFF${before}`, edit)).toBe(`\uFEFF${after}`);
  });

  test('a set of the value that is there already changes no byte', () => {
    expect(edited('{"a": 1.0}', set(['a'], 1))).toBe('{"a": 1.0}');
  });
});

describe('what is refused, with a reason', () => {
  test.each<readonly [string, string, Edit, RegExp]>([
    ['comments, which Grafana does not read', '{"a": 1 /* c */}', set(['a'], 2), /not valid JSON/],
    ['a second value behind the first', '{"a": 1} {}', set(['a'], 2), /not valid JSON/],
    ['the removal of one of two equal keys', '{"a": 1, "a": 2}', remove(['a']), /allows no change/],
    ['a path that leads nowhere', '{"a": []}', set(['a', 0, 'b'], 2), /There is no a\[0\]/],
  ])('%s', (_, text, edit, reason) => {
    const refused = [{ edit, reason: expect.stringMatching(reason) }];
    expect(applyEdits(FILE, 'json', text, [edit])).toEqual({ text, applied: [], deferred: [], refused });
  });
});

describe('several edits', () => {
  test('speak of the file as it was, whatever their order', () => {
    const edits = [remove(['l', 1]), set(['l', 3], 'x'), remove(['l', 2]), remove(['l', 0])];
    expect(edited('{"l": [0, 1, 2, 3]}', ...edits)).toBe('{"l": ["x"]}');
  });

  test('wait when they touch an earlier one', () => {
    const first = set(['a', 'b'], 1);
    const waiting = [set(['a', 'b'], 2), set(['a', 'b', 'c'], 2), remove(['a']), append(['a'], 2)];
    const other = set(['c'], 3);
    const result = applyEdits(FILE, 'json', '{"a": {"b": 0}}', [first, ...waiting, other]);
    expect(result).toEqual({
      text: '{"a": {"b": 1}, "c": 3}',
      applied: [first, other],
      refused: [],
      deferred: waiting,
    });
  });

  test('wait for an append to the same list, and so does the append', () => {
    const edits = [append(['l'], 1), append(['l'], 1), remove(['l', 0])];
    expect(applyEdits(FILE, 'json', '{"l": [0]}', edits).deferred).toEqual(edits.slice(1));
  });

  test('are made but for the one that is refused', () => {
    const edits = [set(['a'], 1), remove(['x']), set(['b'], 2)];
    const result = applyEdits(FILE, 'json', '{"a": 0, "b": 0}', edits);
    expect(result.text).toBe('{"a": 1, "b": 2}');
    expect(result.applied).toEqual([edits[0], edits[2]]);
    expect(result.refused).toEqual([{ edit: edits[1], reason: 'There is no x.' }]);
  });

  test('that cannot be made on one reading are made one by one', () => {
    expect(edited('{"a": 1, "b": 2}', remove(['a']), remove(['b']))).toBe('{}');
    expect(edited('{"a": 1}', set(['m', 'x'], 1), set(['m', 'y'], 2))).toBe(
      '{"a": 1, "m": {"x": 1, "y": 2}}',
    );
  });

  test('of another file are refused', () => {
    const edit = { ...set(['a'], 1), file: 'other.json' };
    const result = applyEdits(FILE, 'json', '{}', [edit]);
    expect(result.refused).toEqual([{ edit, reason: 'The edit is for another file than dashboard.json.' }]);
  });

  test('a change of the whole text goes alone', () => {
    const whole = { kind: 'text', file: FILE, text: '{}' } as const;
    const edit = set(['a'], 1);
    expect(applyEdits(FILE, 'json', '[', [whole, edit])).toEqual({
      text: '{}',
      applied: [whole],
      refused: [],
      deferred: [edit],
    });
  });

  test('a hundred in a long file take no hundred readings', () => {
    const panels = Array.from({ length: 2000 }, (_, id) => ({
      id,
      title: `panel ${id}`,
      targets: [{ refId: 'A' }],
    }));
    const text = JSON.stringify({ panels }, null, 2);
    const edits = panels.slice(0, 200).map(({ id }) => set(['panels', id, 'targets', 0, 'refId'], 'B'));
    let after = '';
    const seconds = cpuSeconds(() => {
      after = edited(text, ...edits);
    });
    expect(after.match(/"refId": "B"/g)).toHaveLength(200);
    expect(seconds).toBeLessThan(4);
  });
});

function edited(text: string, ...edits: readonly Edit[]): string {
  const result = applyEdits(FILE, 'json', text, edits);
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
