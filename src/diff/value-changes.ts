import { sameJson } from './same-json.ts';

/** A place in two values where they differ; undefined stands for nothing there. */
export interface ValueChange {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** The places in which two values differ, as deep as both are objects; lists differ as a whole. Sorted by path. */
export function valueChanges(before: unknown, after: unknown, path: readonly string[] = []): ValueChange[] {
  if (sameJson(before, after)) return [];
  if (!isObject(before) || !isObject(after)) {
    // Something against nothing: each setting for itself, so that both directions read alike.
    if (before === undefined && isObject(after)) return valueChanges({}, after, path);
    if (after === undefined && isObject(before)) return valueChanges(before, {}, path);
    return [{ path, before, after }];
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => valueChanges(own(before, key), own(after, key), [...path, key]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
