import { expect, test } from 'vitest';
import { applySplices } from '../../edit/splice.ts';
import { literal } from '../code/code.ts';
import { styleOf } from './code-style.ts';
import { bare, readDefinition } from './definition-source.ts';
import type { Editing } from './editing.ts';
import { insertItems, removeItem, type WrittenList } from './list-edits.ts';

/** The list that `const list = …` is, and what an edit needs to know of its file. */
function listIn(text: string): { list: WrittenList; editing: Editing } {
  const source = readDefinition('x.ts', text);
  const found = source.constants.get('list');
  const container = found && bare(found);
  if (container?.type !== 'ArrayExpression' && container?.type !== 'ObjectExpression')
    throw new Error('no list');
  const items =
    container.type === 'ObjectExpression'
      ? container.properties
      : container.elements.flatMap((one) => (one ? [one] : []));
  const editing = { source, style: styleOf(source) } as Editing;
  return { list: { container, items }, editing };
}

const removed = (text: string, index: number) => {
  const { list, editing } = listIn(text);
  return applySplices(text, [removeItem(list, index, editing)]);
};

const added = (text: string, index: number, ...values: string[]) => {
  const { list, editing } = listIn(text);
  const items = values.map((value) => ({ code: literal(value) }));
  return applySplices(text, insertItems(list, index, items, editing));
};

test.each([
  ["const list = ['a', 'b', 'c'];", 1, "const list = ['a', 'c'];"],
  ["const list = ['a', 'b'];", 1, "const list = ['a'];"],
  ["const list = ['a'];", 0, 'const list = [];'],
  ['const list = { a: 1 };', 0, 'const list = {};'],
  [
    'const list = {\n  a: 1,\n  // of b\n  b: 2, // too\n  c: 3,\n};',
    1,
    'const list = {\n  a: 1,\n  c: 3,\n};',
  ],
  ['const list = {\n  a: 1, // of a\n  b: 2,\n};', 1, 'const list = {\n  a: 1, // of a\n};'],
  ['const list = {\n  // all\n\n  // of a\n  a: 1,\n};', 0, 'const list = {\n  // all\n};'],
  ['const list = {\n  a: 1,\n\n  b: 2,\n\n  c: 3,\n};', 1, 'const list = {\n  a: 1,\n\n  c: 3,\n};'],
  ['const list = {\r\n  a: 1,\r\n  b: 2,\r\n};', 0, 'const list = {\r\n  b: 2,\r\n};'],
])('Of %j item %i goes with its comma and its own comments', (text, index, expected) => {
  expect(removed(text, index)).toBe(expected);
});

test.each([
  ['const list = [];', 0, "const list = ['x'];"],
  ["const list = ['a'];", 1, "const list = ['a', 'x'];"],
  ["const list = ['a'];", 0, "const list = ['x', 'a'];"],
  ["const list = [\n  'a', // of a\n  'b',\n];", 1, "const list = [\n  'a', // of a\n  'x',\n  'b',\n];"],
  ["const list = [\n  'a',\n  'b'\n];", 2, "const list = [\n  'a',\n  'b',\n  'x'\n];"],
  ["const list = [\n\t'a',\n];", 0, "const list = [\n\t'x',\n\t'a',\n];"],
  ["const list = [\n  'a',\n\n  'b',\n];", 1, "const list = [\n  'a',\n\n  'x',\n\n  'b',\n];"],
])('Into %j at %i an item comes as the others are laid out', (text, index, expected) => {
  expect(added(text, index, 'x')).toBe(expected);
});

test('A list that gets too long for its line gets one line for each item', () => {
  const long = 'l'.repeat(60);
  expect(added(`const list = ['${long}', 'b'];`, 2, long)).toBe(
    `const list = [\n  '${long}',\n  'b',\n  '${long}',\n];`,
  );
});
