import * as z from 'zod/mini';
import type { PropertyPath, SourceFile } from '../model/source-file.ts';
import type { ShapeError } from '../model/workspace.ts';

/**
 * Values as Grafana's YAML decoder takes them: a string may be written as a number or a boolean, and a number or
 * boolean of provisioning may be written as text (it goes through variable expansion first).
 */
export const yamlText = optional(z.union([z.string(), z.number(), z.boolean()], 'text'), String);

/** A whole number, also as text; a `$` in it is expanded by Grafana at start and cannot be known. */
export const yamlInteger = optional(
  z.union([z.int(), textLike(/^-?\d+$|\$|^$/)], 'a whole number'),
  expanded(Number),
);

/** `true` or `false`, also as text in the forms of Go's `strconv.ParseBool`. */
export const yamlBoolean = optional(
  z.union(
    [z.boolean(), textLike(/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$|\$|^$/)],
    'true or false',
  ),
  expanded((value) => /^(?:1|t|true)$/i.test(String(value))),
);

/**
 * Reads `value` with a schema that never fails as a whole: each property of the wrong kind is left out and named.
 * A `value` that is no mapping gives one error and `undefined`.
 */
export function readShape<Shape extends z.ZodMiniObject>(
  file: SourceFile,
  path: PropertyPath,
  value: unknown,
  shape: Shape,
): { value: z.output<Shape> | undefined; shapeErrors: ShapeError[] } {
  const whole = shape.safeParse(value);
  if (whole.success) return { value: whole.data, shapeErrors: [] };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = `Expected ${describePlace(path)} to be a mapping, found ${kindOf(value)}`;
    return { value: undefined, shapeErrors: [{ at: { file: file.path, path }, message }] };
  }
  const kept: Record<string, unknown> = { ...value };
  const shapeErrors = new Map<string, ShapeError>();
  for (const issue of whole.error.issues) {
    const key = String(issue.path[0]);
    const at = [...path, ...(issue.path as (string | number)[])];
    const found = kindOf(issue.path.reduce<unknown>((inner, part) => (inner as never)?.[part], value));
    shapeErrors.set(key, {
      at: { file: file.path, path: at },
      message: `Expected \`${issue.path.join('.')}\` to be ${issue.message}, found ${found}`,
    });
    delete kept[key];
  }
  const rest = shape.safeParse(kept);
  return { value: rest.success ? rest.data : undefined, shapeErrors: [...shapeErrors.values()] };
}

/** Text of a form; one of another form is not of this kind at all, so that the union words the error. */
function textLike(form: RegExp) {
  return z.custom<string>((value) => typeof value === 'string' && form.test(value));
}

/** A property that may be left out or empty, and what becomes of its value. */
function optional<Value, Read>(schema: z.ZodMiniType<Value>, read: (value: Value) => Read) {
  return z.pipe(
    z.nullish(schema),
    z.transform((value) => (value === null || value === undefined ? undefined : read(value))),
  );
}

/** Nothing for what Grafana expands at start, and for what is empty after that. */
function expanded<Value, Read>(read: (value: Value) => Read) {
  return (value: Value) => (value === '' || String(value).includes('$') ? undefined : read(value));
}

/** A mapping with the numbers and booleans under these keys as the file writes them: Grafana keeps `0456` and `1e3`. */
export function asWritten(
  file: SourceFile,
  path: PropertyPath,
  value: unknown,
  keys: readonly string[],
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const written = keys.flatMap((key) => {
    const scalar = property(value, key);
    if (typeof scalar !== 'number' && typeof scalar !== 'boolean') return [];
    const { start, end } = file.rangeOf([...path, key]);
    return [[key, file.text.slice(start, end)] as const];
  });
  return written.length === 0 ? value : { ...value, ...Object.fromEntries(written) };
}

/** Whether a file is in the current shape: `apiVersion` is a number from 1 on. Otherwise Grafana reads an older one. */
export function isCurrentShape(apiVersion: unknown): boolean {
  return typeof apiVersion === 'number' && apiVersion >= 1;
}

/** The error of a file that is text, a number or a list where Grafana reads a mapping; an empty one is none. */
export function expectMapping(file: SourceFile): readonly ShapeError[] {
  const { value } = file;
  if (value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value)))
    return [];
  const message = `Expected the file to be a mapping, found ${kindOf(value)}`;
  return [{ at: { file: file.path, path: [] }, message }];
}

/** The items of a list property, or none; a property that is there and is no list is an error. */
export function readList(
  file: SourceFile,
  key: string,
): { items: readonly unknown[]; shapeErrors: readonly ShapeError[] } {
  const value = property(file.value, key);
  if (value === undefined || value === null) return { items: [], shapeErrors: [] };
  if (Array.isArray(value)) return { items: value, shapeErrors: [] };
  const message = `Expected \`${key}\` to be a list, found ${kindOf(value)}`;
  return { items: [], shapeErrors: [{ at: { file: file.path, path: [key] }, message }] };
}

/** An own property of a parsed value; undefined when the value is no object. */
export function property(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;
}

function describePlace(path: PropertyPath): string {
  return path.length === 0 ? 'the file' : `\`${path.join('.')}\``;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return JSON.stringify(value);
}
