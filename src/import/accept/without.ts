import type { Json } from '../../diff/json.ts';

/** An object without some of its properties. */
export function without(json: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));
}
