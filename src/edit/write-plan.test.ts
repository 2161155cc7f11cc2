import { expect, test } from 'vitest';
import type { Edit, JsonValue } from '../model/edit.ts';
import type { PropertyPath } from '../model/source-file.ts';
import { type PlannableFile, planEdits, type WantedChange } from './write-plan.ts';

const FILES: readonly PlannableFile[] = [
  { path: 'a.yaml', format: 'yaml', text: 'list:\n  - 0\n  - 1\n  - 2\nname: x\n' },
  { path: 'b.json', format: 'json', text: '{"uid": "old"}\n' },
  { path: 'grafana.ini', format: 'text', text: '[paths]\n' },
];

test('changes of several files become one plan, with the reasons of each file', () => {
  const first = change('The name is wrong.', set('a.yaml', ['name'], 'other'), set('b.json', ['uid'], 'new'));
  const second = change('The list is too long.', remove('a.yaml', ['list', 0]));
  const result = planEdits(FILES, [first, second]);
  expect(result).toMatchObject({ made: [first, second], refused: [], deferred: [] });
  expect(result.plan).toEqual({
    files: [
      {
        path: 'a.yaml',
        before: 'list:\n  - 0\n  - 1\n  - 2\nname: x\n',
        after: 'list:\n  - 1\n  - 2\nname: other\n',
        reasons: ['The name is wrong.', 'The list is too long.'],
      },
      {
        path: 'b.json',
        before: '{"uid": "old"}\n',
        after: '{"uid": "new"}\n',
        reasons: ['The name is wrong.'],
      },
    ],
    refused: [],
  });
});

test('list indexes are those of the file as read, whatever another change takes out', () => {
  const changes = [0, 2].map((index) => change('Out.', remove('a.yaml', ['list', index])));
  expect(afterOf('a.yaml', changes)).toBe('list:\n  - 1\nname: x\n');
});

test('a change with an edit that is refused is left out in all its files', () => {
  const broken = change('Both.', set('b.json', ['uid'], 'new'), set('a.yaml', ['name', 'x'], 1));
  const sound = change('Other.', remove('a.yaml', ['list', 1]));
  const result = planEdits(FILES, [broken, sound]);
  expect(result).toMatchObject({ made: [sound], refused: [broken], deferred: [] });
  expect(result.plan.files.map((file) => file.path)).toEqual(['a.yaml']);
  expect(result.plan.refused).toEqual([{ edit: broken.edits[1], reason: 'name is not a mapping.' }]);
});

test('a change that touches an earlier one waits, in all its files', () => {
  const first = change('First.', set('a.yaml', ['name'], 'other'));
  const second = change('Second.', set('b.json', ['uid'], 'new'), set('a.yaml', ['name'], 'z'));
  const result = planEdits(FILES, [first, second]);
  expect(result).toMatchObject({ made: [first], deferred: [second] });
  expect(result.plan.files.map((file) => file.path)).toEqual(['a.yaml']);
});

test('a change whose own edits touch is refused, since waiting would not help it', () => {
  const twice = change('Twice.', set('a.yaml', ['name'], 'other'), remove('a.yaml', ['name']));
  const result = planEdits(FILES, [twice]);
  expect(result).toMatchObject({ made: [], refused: [twice], deferred: [] });
  expect(result.plan.refused).toMatchObject([{ reason: 'The edits of this change touch each other.' }]);
});

test('a file is renamed, with a new text or its old one', () => {
  const moved = change('Ending.', { kind: 'text', file: 'b.json', renameTo: 'c.json' });
  expect(planEdits(FILES, [moved]).plan.files).toEqual([
    { path: 'b.json', before: '{"uid": "old"}\n', after: undefined, reasons: ['Ending.'] },
    { path: 'c.json', before: undefined, after: '{"uid": "old"}\n', reasons: ['Ending.'] },
  ]);
});

test('a file is made and a text of no known format is changed as a whole', () => {
  const made = change('New.', { kind: 'text', file: 'new.yaml', text: 'a: 1\n' });
  const whole = change('Path.', { kind: 'text', file: 'grafana.ini', text: '[other]\n' });
  expect(planEdits(FILES, [made, whole]).plan.files).toEqual([
    { path: 'new.yaml', before: undefined, after: 'a: 1\n', reasons: ['New.'] },
    { path: 'grafana.ini', before: '[paths]\n', after: '[other]\n', reasons: ['Path.'] },
  ]);
});

test.each<readonly [Edit, string]>([
  [set('absent.yaml', ['a'], 1), 'There is no file absent.yaml.'],
  [{ kind: 'text', file: 'absent.yaml', renameTo: 'x.yaml' }, 'There is no file absent.yaml.'],
  [set('grafana.ini', ['a'], 1), 'grafana.ini is neither YAML nor JSON.'],
  [{ kind: 'text', file: 'b.json', renameTo: 'a.yaml' }, 'There is already a file a.yaml.'],
])('what cannot be is refused: %j', (edit, reason) => {
  expect(planEdits(FILES, [change('No.', edit)]).plan).toEqual({ files: [], refused: [{ edit, reason }] });
});

function afterOf(path: string, changes: readonly WantedChange[]): string | undefined {
  return planEdits(FILES, changes).plan.files.find((file) => file.path === path)?.after;
}

function change(reason: string, ...edits: readonly Edit[]): WantedChange {
  return { reason, edits };
}

function set(file: string, path: PropertyPath, value: JsonValue): Edit {
  return { kind: 'set', file, path, value };
}

function remove(file: string, path: PropertyPath): Edit {
  return { kind: 'delete', file, path };
}
