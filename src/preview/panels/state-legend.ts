import { namedColor, type Theme } from '../draw/theme.ts';
import { displayValue } from '../field/display-value.ts';
import type { FieldOptions } from '../field/field-options.ts';
import { object } from '../field/json.ts';
import { formatValue, plainText } from '../format/format-value.ts';
import type { LegendItem } from './legend.ts';
import type { PlottedSeries } from './plotted-series.ts';

/** More values than these are no states. */
const MOST_STATES = 100;

/** The names that thresholds have as states, in the order of their steps: `< 80`, `80+`. */
export function thresholdNames({ thresholds: { mode, steps }, unit, decimals }: FieldOptions): string[] {
  return steps.map(({ value }, index) => {
    const isLowest = value === Number.NEGATIVE_INFINITY && index < steps.length - 1;
    const bound = isLowest ? (steps[index + 1]?.value ?? value) : value;
    const text = plainText(formatValue(bound, mode === 'percentage' ? 'percent' : unit, decimals));
    return isLowest ? `< ${text}` : `${text}+`;
  });
}

/** The legend of states, as Grafana makes it: thresholds, otherwise every state that occurs; none of colours that mix. */
export function stateLegendItems(
  lines: readonly PlottedSeries[],
  range: readonly [number, number],
  theme: Theme,
): LegendItem[] {
  const first = lines[0]?.options;
  if (!first || first.colorMode.startsWith('continuous-')) return [];
  if (first.colorMode === 'thresholds' && first.thresholds.steps.length > 1)
    return thresholdNames(first).map((name, index) => ({
      name,
      color: namedColor(first.thresholds.steps[index]?.color ?? 'green', theme.name),
      values: [],
    }));
  const colors = new Map<string, string>();
  for (const [index, { series, options }] of lines.entries()) {
    if (object(options.custom.hideFrom).legend === true) continue;
    for (const value of new Set(series.values)) {
      if (value === null || Number.isNaN(value) || colors.size >= MOST_STATES) continue;
      const { formatted, color } = displayValue(value, options, { theme: theme.name, index, range });
      const name = plainText(formatted);
      if (name !== '') colors.set(name, color);
    }
  }
  return [...colors].map(([name, color]) => ({ name, color, values: [] }));
}
