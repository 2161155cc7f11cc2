import type { Patch } from '../../definition/override.ts';
import { type Json, objectOf } from '../../diff/json.ts';
import { sameJson } from '../../diff/same-json.ts';
import { withoutDefaults } from '../../diff/without-defaults.ts';

/** Compares a place of what builders make with the same place of what they should make. */
export interface Likeness {
  /** Whether both mean the same where Grafana fills in `defaults`. */
  same(made: unknown, wanted: unknown, defaults: unknown): boolean;
}

/** Equal values only: for files that panelproof wrote itself. */
export const toTheLetter: Likeness = { same: sameJson };

/** Nothing, and what Grafana fills in by itself, are the same. */
export const byMeaning: Likeness = {
  same: (made, wanted, defaults) =>
    sameJson(withoutDefaults(made, defaults), withoutDefaults(wanted, defaults)),
};

/** What has to be laid over `made` for it to be like `wanted`; undefined when nothing has to. */
export function residual(
  made: Json,
  wanted: Json,
  defaults: Json | undefined,
  likeness: Likeness,
): Patch | undefined {
  const patch = new Map<string, unknown>();
  for (const key of new Set([...Object.keys(made), ...Object.keys(wanted)])) {
    const [from, to, usual] = [own(made, key), own(wanted, key), defaults && own(defaults, key)];
    if (likeness.same(from, to, usual)) continue;
    const [fromObject, toObject] = [objectOf(from), objectOf(to)];
    patch.set(key, fromObject && toObject ? residual(fromObject, toObject, objectOf(usual), likeness) : to);
  }
  return patch.size === 0 ? undefined : Object.fromEntries(patch);
}

/** What stands at a path; undefined when nothing does. */
export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    const object = objectOf(inner);
    return object && own(object, key);
  }, value);
}

function own(json: Json, key: string): unknown {
  return Object.hasOwn(json, key) ? json[key] : undefined;
}
