import { expect, test } from 'vitest';
import { applyToValue } from './apply-to-value.ts';
import { type PropertyEdit, resolveEdit } from './resolve-edit.ts';

const FILE = 'a.json';

test('the given value stays as it is', () => {
  const root = { a: [{ b: 1 }], c: { d: 2 } };
  const before = structuredClone(root);
  const after = edited(root, { kind: 'set', file: FILE, path: ['a', 0, 'b'], value: 3 });
  expect(after).toEqual({ a: [{ b: 3 }], c: { d: 2 } });
  expect(root).toEqual(before);
});

test.each<PropertyEdit>([
  { kind: 'set', file: FILE, path: ['__proto__', 'polluted'], value: true },
  { kind: 'set', file: FILE, path: ['__proto__'], value: { polluted: true } },
  { kind: 'set', file: FILE, path: ['constructor', 'prototype', 'polluted'], value: true },
  { kind: 'append', file: FILE, path: ['__proto__', 'polluted'], value: true },
])('a key that names the prototype is a key like any other: %j', (edit) => {
  const after = edited(JSON.parse('{"a": 1}'), edit);
  expect(JSON.stringify(after)).toContain('"polluted":');
  expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('a key __proto__ that is there is changed and removed like any other', () => {
  const root = JSON.parse('{"__proto__": {"a": 1}, "b": 2}');
  const set = edited(root, { kind: 'set', file: FILE, path: ['__proto__', 'a'], value: 3 });
  expect(JSON.stringify(set)).toBe('{"__proto__":{"a":3},"b":2}');
  const removed = edited(root, { kind: 'delete', file: FILE, path: ['__proto__'] });
  expect(JSON.stringify(removed)).toBe('{"b":2}');
});

test('what every object inherits is not there', () => {
  expect(() => resolveEdit({}, { kind: 'delete', file: FILE, path: ['toString'] })).toThrow(
    'There is no toString.',
  );
});

function edited(root: unknown, edit: PropertyEdit): unknown {
  return applyToValue(root, resolveEdit(root, edit));
}
