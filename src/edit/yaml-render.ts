import type { JsonValue } from '../model/edit.ts';
import { type QuoteStyle, stringScalar } from './yaml-scalar.ts';

/** How new YAML is laid out, taken from what stands around it. All widths are in columns. */
export interface YamlStyle {
  /** From the column of a key to that of the keys in its mapping. */
  readonly mapStep: number;
  /** From the column of a key to the dashes of its list; 0 for lists that are not indented. */
  readonly listStep: number;
  /** From a dash to what stands behind it. */
  readonly dashWidth: number;
  /** Blanks inside of braces: `{ a: 1 }`. */
  readonly padded: boolean;
  readonly keyQuotes: QuoteStyle;
  readonly valueQuotes: QuoteStyle;
  /** For strings that cannot be plain. */
  readonly fallbackQuotes: 'single' | 'double';
}

/** A key and its value as lines of a block mapping, the key in column 0. */
export function entryLines(key: string, value: JsonValue, style: YamlStyle): readonly string[] {
  const name = stringScalar(key, style.keyQuotes, style.fallbackQuotes);
  if (isInline(value)) return [`${name}: ${inline(value, style)}`];
  return [`${name}:`, ...indented(blockLines(value, style), isList(value) ? style.listStep : style.mapStep)];
}

/** A list item as lines, the dash in column 0. */
export function itemLines(value: JsonValue, style: YamlStyle): readonly string[] {
  const lines = isInline(value) ? [inline(value, style)] : blockLines(value, style);
  const dash = '-'.padEnd(style.dashWidth);
  const [first = '', ...rest] = lines;
  return [`${dash}${first}`, ...indented(rest, style.dashWidth)];
}

/** A mapping or list that is not empty as lines of block style, from column 0. */
export function blockLines(value: JsonValue, style: YamlStyle): readonly string[] {
  if (isList(value)) return value.flatMap((item) => itemLines(item, style));
  if (!isMapping(value)) return [inline(value, style)];
  return Object.entries(value).flatMap(([key, inner]) => entryLines(key, inner, style));
}

/** A value on one line, mappings and lists in flow style. */
export function inline(value: JsonValue, style: YamlStyle): string {
  if (typeof value === 'string') return stringScalar(value, style.valueQuotes, style.fallbackQuotes);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (isList(value)) return `[${value.map((item) => inline(item, style)).join(', ')}]`;
  if (!isMapping(value)) return String(value);
  const entries = Object.entries(value).map(([key, inner]) => flowEntry(key, inner, style));
  if (entries.length === 0) return '{}';
  const padding = style.padded ? ' ' : '';
  return `{${padding}${entries.join(', ')}${padding}}`;
}

/** A key and its value inside of braces. */
export function flowEntry(key: string, value: JsonValue, style: YamlStyle): string {
  return `${stringScalar(key, style.keyQuotes, style.fallbackQuotes)}: ${inline(value, style)}`;
}

/** Whether a value goes on the line of its key: scalars and empty collections. */
export function isInline(value: JsonValue): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

/** Lines moved to the right. */
export function indented(lines: readonly string[], columns: number): readonly string[] {
  return lines.map((line) => ' '.repeat(columns) + line);
}

/** `Array.isArray` does not tell a readonly list from a mapping. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isMapping(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !isList(value);
}
