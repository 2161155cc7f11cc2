import type { PropertyPath } from './source-file.ts';

/** What stands at a path in a value; undefined where the path leads into nothing. */
export function valueAt(value: unknown, path: PropertyPath): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as never)[key] : undefined),
    value,
  );
}
