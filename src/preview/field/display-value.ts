import { mixedColor } from '../draw/colors.ts';
import { namedColor, paletteColor, THEMES } from '../draw/theme.ts';
import { type FormattedValue, formatValue } from '../format/format-value.ts';
import type { ThemeName } from '../model.ts';
import { type FieldOptions, matchesPattern } from './field-options.ts';
import { type Json, number, object, text } from './json.ts';

/** A value ready to be drawn. */
export interface DisplayedValue {
  readonly formatted: FormattedValue;
  readonly color: string;
}

/** What a colour depends on besides the value. */
export interface ColorContext {
  readonly theme: ThemeName;
  /** Which series of the panel it is, from 0: its place in the palette. */
  readonly index: number;
  /** Lowest and highest value, for what is relative to them. */
  readonly range: readonly [low: number, high: number];
}

/** A value as text and colour: mapped where a mapping holds, otherwise formatted by its unit. */
export function displayValue(
  value: number | null | undefined,
  options: FieldOptions,
  context: ColorContext,
): DisplayedValue {
  const mapped = mappingOf(value ?? null, options.mappings);
  const formatted =
    mapped?.text !== undefined
      ? { text: mapped.text }
      : value === null || value === undefined
        ? { text: options.noValue ?? 'No data' }
        : formatValue(value, options.unit, options.decimals);
  const color =
    mapped?.color === undefined
      ? valueColor(value ?? null, options, context)
      : namedColor(mapped.color, context.theme);
  return { formatted, color };
}

/** The colour of a value by the field's colour mode. */
export function valueColor(value: number | null, options: FieldOptions, context: ColorContext): string {
  const { theme, index } = context;
  switch (options.colorMode) {
    case 'fixed':
    case 'shades':
      return namedColor(options.fixedColor ?? 'text', theme);
    case 'palette-classic':
    case 'palette-classic-by-name':
      return paletteColor(index, theme);
    default:
      if (options.colorMode.startsWith('continuous-')) return continuousColor(value, options, context);
      return namedColor(
        options.thresholds.steps[thresholdIndex(value, options, context)]?.color ?? 'green',
        theme,
      );
  }
}

/** Which step of the thresholds holds for a value, counted from 0. */
export function thresholdIndex(value: number | null, options: FieldOptions, context: ColorContext): number {
  const { mode, steps } = options.thresholds;
  const [low, high] = bounds(options, context);
  const compared =
    value === null || Number.isNaN(value)
      ? Number.NEGATIVE_INFINITY
      : mode === 'percentage'
        ? (100 * (value - low)) / (high - low || 1)
        : value;
  return Math.max(
    0,
    steps.findLastIndex((step) => compared >= step.value),
  );
}

/** Whether a mapping holds for a value, so that even nothing is shown as something. */
export function isMapped(value: number | null, { mappings }: FieldOptions): boolean {
  return mappingOf(value, mappings) !== undefined;
}

/** The values between which gauges and percentages are measured: as configured, or as the data reaches. */
export function bounds({ min, max }: FieldOptions, { range }: ColorContext): readonly [number, number] {
  return [min ?? range[0], max ?? range[1]];
}

function continuousColor(value: number | null, options: FieldOptions, context: ColorContext): string {
  const [low, high] = bounds(options, context);
  const share = ((value ?? low) - low) / (high - low || 1);
  const names = CONTINUOUS.get(options.colorMode) ?? ['blue', 'purple'];
  const colors = names.map((name) =>
    name === 'panel' ? THEMES[context.theme].panel : namedColor(name, context.theme),
  );
  return mixedColor(colors, Number.isNaN(share) ? 0 : share);
}

/** Grafana's schemes of colours that run into each other, from the lowest value to the highest. */
const CONTINUOUS: ReadonlyMap<string, readonly string[]> = new Map([
  ['continuous-GrYlRd', ['green', 'yellow', 'red']],
  ['continuous-RdYlGr', ['red', 'yellow', 'green']],
  ['continuous-BlYlRd', ['dark-blue', 'super-light-yellow', 'dark-red']],
  ['continuous-YlRd', ['super-light-yellow', 'dark-red']],
  ['continuous-BlPu', ['blue', 'purple']],
  ['continuous-YlBl', ['super-light-yellow', 'dark-blue']],
  ['continuous-blues', ['panel', 'dark-blue']],
  ['continuous-reds', ['panel', 'dark-red']],
  ['continuous-greens', ['panel', 'dark-green']],
  ['continuous-purples', ['panel', 'dark-purple']],
]);

interface Mapping {
  readonly text: string | undefined;
  readonly color: string | undefined;
}

function mappingOf(value: number | null, mappings: readonly Json[]): Mapping | undefined {
  for (const { type, options } of mappings) {
    const result = resultOf(value, String(type), object(options));
    if (result) return { text: text(object(result).text), color: text(object(result).color) };
  }
  return undefined;
}

function resultOf(value: number | null, type: string, options: Json): unknown {
  switch (type) {
    case 'value':
      return value !== null && Object.hasOwn(options, String(value)) ? options[String(value)] : undefined;
    case 'range': {
      const [from, to] = [number(options.from) ?? -Infinity, number(options.to) ?? Infinity];
      return value !== null && value >= from && value <= to ? options.result : undefined;
    }
    case 'special': {
      const isEmpty = value === null;
      const isNoNumber = Number.isNaN(value);
      const holds = { null: isEmpty, nan: isNoNumber, 'null+nan': isEmpty || isNoNumber }[
        String(options.match)
      ];
      return holds ? options.result : undefined;
    }
    case 'regex':
      return value !== null && matchesPattern(String(options.pattern ?? ''), String(value))
        ? options.result
        : undefined;
    default:
      return undefined;
  }
}
