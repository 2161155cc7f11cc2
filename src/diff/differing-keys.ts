import type { Json } from './json.ts';
import { sameJson } from './same-json.ts';

/**
 * Two objects without the keys that are equal in both and without those to be left out: most panels of a changed
 * dashboard differ in nothing but their place, and what is equal needs no closer look.
 */
export function differingKeys(
  before: Json,
  after: Json,
  leftOut: ReadonlySet<string>,
): readonly [Record<string, unknown>, Record<string, unknown>] | undefined {
  let found: [Record<string, unknown>, Record<string, unknown>] | undefined;
  for (const key of Object.keys(before)) {
    if (leftOut.has(key) || (Object.hasOwn(after, key) && sameJson(before[key], after[key]))) continue;
    found ??= [{}, {}];
    found[0][key] = before[key];
    if (Object.hasOwn(after, key)) found[1][key] = after[key];
  }
  for (const key of Object.keys(after)) {
    if (leftOut.has(key) || Object.hasOwn(before, key)) continue;
    found ??= [{}, {}];
    found[1][key] = after[key];
  }
  return found;
}
