import type { PropertyPath } from '../model/source-file.ts';
import { type Change, isMapping } from './resolve-edit.ts';

/**
 * The value with the change made, the given one untouched: what a file must parse to after the change is written.
 * A key `__proto__` is a key like any other. Throws `TypeError` for a path that does not exist: `resolveEdit` never
 * gives one.
 */
export function applyToValue(root: unknown, change: Change): unknown {
  switch (change.kind) {
    case 'replace':
      return at(root, change.path, () => change.value);
    case 'insert':
      return at(root, change.path, (found) => withEntries(found, [change.key, change.value]));
    case 'append':
      return at(root, change.path, (found) => [...list(found), change.value]);
    case 'rename': {
      const old = change.path.at(-1);
      return at(root, change.path.slice(0, -1), (found) =>
        Object.fromEntries(
          Object.entries(mapping(found)).map(([name, value]) => [name === old ? change.key : name, value]),
        ),
      );
    }
    case 'remove': {
      const key = change.path.at(-1);
      return at(root, change.path.slice(0, -1), (found) =>
        typeof key === 'number'
          ? list(found).filter((_, index) => index !== key)
          : Object.fromEntries(Object.entries(mapping(found)).filter(([name]) => name !== key)),
      );
    }
    default:
      return change satisfies never;
  }
}

function at(value: unknown, path: PropertyPath, change: (found: unknown) => unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return change(value);
  if (typeof part === 'number')
    return list(value).map((item, index) => (index === part ? at(item, rest, change) : item));
  return Object.fromEntries(
    Object.entries(mapping(value)).map(([key, inner]) => [
      key,
      key === part ? at(inner, rest, change) : inner,
    ]),
  );
}

/** `Object.fromEntries` defines keys where an assignment to `__proto__` would swap the prototype. */
function withEntries(value: unknown, entry: readonly [string, unknown]): object {
  return Object.fromEntries([...Object.entries(mapping(value)), entry]);
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError('Not a list.');
}

function mapping(value: unknown): { readonly [key: string]: unknown } {
  if (isMapping(value)) return value;
  throw new TypeError('Not a mapping.');
}
