/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** A value as an object; undefined when it is something else. */
export function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** The objects of a list; empty when the value is no list. */
export function objectsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter((item) => objectOf(item) !== undefined) : [];
}

/** A value as text; undefined when it is something else or empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
