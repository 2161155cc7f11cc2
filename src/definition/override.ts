import type { Builder } from './dashboard.ts';

/** Changes of a piece of JSON: objects are merged, all else is replaced, `undefined` takes a property away. */
export type Patch = Readonly<Record<string, unknown>>;

/**
 * What a builder of the SDK has no method for: its result with the patch laid over it. The result is a builder again.
 * A property named here and set by the builder too has the value given here.
 */
export function override<Built>(builder: Builder<Built>, patch: Patch): Builder<Built> {
  return { build: () => patched(plain(builder.build()), patch) as Built };
}

/** What no builder of the SDK makes at all, such as the query of a plugin: the JSON as it shall stand. */
export function fromJson<Built>(json: Patch): Builder<Built> {
  return { build: () => plain(json) as Built };
}

/** A value with a patch laid over it; neither is changed. */
export function patched(value: unknown, patch: Patch): unknown {
  const result: Record<string, unknown> = isObject(value) ? { ...value } : {};
  for (const [key, change] of Object.entries(patch)) {
    const own = Object.hasOwn(result, key) ? result[key] : undefined;
    if (change === undefined) delete result[key];
    // Unlike an assignment this takes a key such as `__proto__` for a key.
    else
      Object.defineProperty(result, key, { ...OWN, value: isObject(change) ? patched(own, change) : change });
  }
  return result;
}

const OWN = { configurable: true, enumerable: true, writable: true };

function isObject(value: unknown): value is Patch {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Builders of the SDK give away their own live object, with functions in it. */
function plain(built: unknown): unknown {
  return JSON.parse(JSON.stringify(built));
}
