import { type Json, objectOf } from './json.ts';
import { sameJson } from './same-json.ts';

/**
 * A value without what Grafana fills in by itself: nothing at all (null, `''`, `[]`, `{}`) and what `defaults` has at
 * the same place. Undefined when nothing is left. Lists are kept as they are.
 */
export function withoutDefaults(value: unknown, defaults?: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) {
    if (value.length === 0 && defaults === undefined) return undefined;
    return defaults !== undefined && sameJson(value, defaults) ? undefined : value;
  }
  if (typeof value !== 'object') return value === defaults ? undefined : value;
  const inner = objectOf(defaults);
  let kept: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const left = withoutDefaults(
      (value as Json)[key],
      inner && Object.hasOwn(inner, key) ? inner[key] : undefined,
    );
    if (left === undefined) continue;
    kept ??= {};
    setOwn(kept, key, left);
  }
  return kept;
}

/** Also for a key named `__proto__`, which an assignment would not set. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
