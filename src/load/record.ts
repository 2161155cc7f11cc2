/** A value as a mapping whose own keys can be asked for; undefined when it is something else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, unknown>>;
}

/** A value as a list; a missing one is empty, a single one stands for itself. */
export function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The text of a scalar (`12` is `12`, `true` is `true`); undefined for mappings, lists and nothing. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}

/** The mappings in a list; a single one stands for itself. */
export function asRecords(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return asList(value).flatMap((item): Readonly<Record<string, unknown>>[] => {
    const record = asRecord(item);
    return record ? [record] : [];
  });
}
