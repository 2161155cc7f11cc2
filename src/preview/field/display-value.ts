import { namedColor, paletteColor } from '../draw/theme.ts';
import { type FormattedValue, formatValue } from '../format/format-value.ts';
import type { ThemeName } from '../model.ts';
import { type FieldOptions, matchesPattern, type Thresholds } from './field-options.ts';
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
      return namedColor(thresholdColor(value, options.thresholds, bounds(options, context)), theme);
  }
}

/** The name of the colour that holds for a value. */
function thresholdColor(
  value: number | null,
  { mode, steps }: Thresholds,
  [low, high]: readonly [number, number],
): string {
  const compared =
    value === null || Number.isNaN(value)
      ? Number.NEGATIVE_INFINITY
      : mode === 'percentage'
        ? (100 * (value - low)) / (high - low || 1)
        : value;
  return (steps.findLast((step) => compared >= step.value) ?? steps[0])?.color ?? 'green';
}

/** The values between which gauges and percentages are measured: as configured, or as the data reaches. */
export function bounds({ min, max }: FieldOptions, { range }: ColorContext): readonly [number, number] {
  return [min ?? range[0], max ?? range[1]];
}

function continuousColor(value: number | null, options: FieldOptions, context: ColorContext): string {
  const [low, high] = bounds(options, context);
  const share = Math.min(1, Math.max(0, ((value ?? low) - low) / (high - low || 1)));
  const names = options.colorMode
    .slice('continuous-'.length)
    .toLowerCase()
    .split(/(?=gr|yl|rd|bl|pu)/)
    .map((short) => COLOR_OF_SHORT[short as keyof typeof COLOR_OF_SHORT] ?? 'blue');
  return namedColor(
    names[Math.min(names.length - 1, Math.floor(share * names.length))] ?? 'blue',
    context.theme,
  );
}

const COLOR_OF_SHORT = { gr: 'green', yl: 'yellow', rd: 'red', bl: 'blue', pu: 'purple' } as const;

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
