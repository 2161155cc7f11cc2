import type { PropertyPath, SourceFile } from '../model/source-file.ts';
import type { ShapeError } from '../model/workspace.ts';
import { asRecord } from './record.ts';

/** A property that may be left out: what it should be, and its value; `WRONG` for one of another kind. */
export interface YamlField<Value> {
  /** Ends the sentence "Expected … to be". */
  readonly expected: string;
  readonly read: (value: unknown) => Value | undefined | typeof WRONG;
}

/** What a mapping of provisioning holds, by key; other keys are left alone. */
export type YamlShape = Readonly<Record<string, YamlField<unknown>>>;

/** The values of a mapping that has a shape. */
export type YamlValues<Shape extends YamlShape> = {
  readonly [Key in keyof Shape]?: Shape[Key] extends YamlField<infer Value> ? Value : never;
};

const WRONG = Symbol('a value of another kind');

/** Text; Grafana's YAML decoder takes a number or a boolean for it too. */
export const yamlText: YamlField<string> = {
  expected: 'text',
  read: (value) =>
    typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value) ? String(value) : WRONG,
};

/**
 * A whole number. It may be written as text, as a boolean may: both go through variable expansion first. What a `$` in
 * it stands for is only known when Grafana starts.
 */
export const yamlInteger: YamlField<number> = {
  expected: 'a whole number',
  read: (value) =>
    Number.isSafeInteger(value) ? Number(value) : valueOfText(value, /^-?\d+$/, (text) => Number(text)),
};

/** `true` or `false`, also as text in the forms of Go's `strconv.ParseBool`. */
export const yamlBoolean: YamlField<boolean> = {
  expected: 'true or false',
  read: (value) =>
    typeof value === 'boolean'
      ? value
      : valueOfText(value, /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/, (text) =>
          /^(?:1|t|true)$/i.test(text),
        ),
};

function valueOfText<Value>(
  value: unknown,
  form: RegExp,
  convert: (text: string) => Value,
): Value | undefined | typeof WRONG {
  if (typeof value !== 'string') return WRONG;
  if (value === '' || value.includes('$')) return undefined;
  return form.test(value) ? convert(value) : WRONG;
}

/**
 * Reads the properties of a mapping; each of the wrong kind is left out and named. A `value` that is no mapping gives
 * one error and `undefined`.
 */
export function readShape<Shape extends YamlShape>(
  file: SourceFile,
  path: PropertyPath,
  value: unknown,
  shape: Shape,
): { value: YamlValues<Shape> | undefined; shapeErrors: ShapeError[] } {
  const mapping = asRecord(value);
  if (!mapping) {
    const message = `Expected ${describePlace(path)} to be a mapping, found ${kindOf(value)}`;
    return { value: undefined, shapeErrors: [{ at: { file: file.path, path }, message }] };
  }
  const values: Record<string, unknown> = {};
  const shapeErrors: ShapeError[] = [];
  for (const [key, { expected, read }] of Object.entries(shape)) {
    const found = mapping[key];
    const taken = found === undefined || found === null ? undefined : read(found);
    if (taken !== WRONG) values[key] = taken;
    else
      shapeErrors.push({
        at: { file: file.path, path: [...path, key] },
        message: `Expected \`${key}\` to be ${expected}, found ${kindOf(found)}`,
      });
  }
  return { value: values as YamlValues<Shape>, shapeErrors };
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
