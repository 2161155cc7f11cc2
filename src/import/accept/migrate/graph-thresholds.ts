import type { Json } from '../../../diff/json.ts';
import { numberIn } from './migration.ts';

/** Thresholds of the graph panel, lines or areas above or below a value, and how they are drawn. */
export function graphThresholds(old: readonly Json[]): { thresholds: Json; custom: Json } | undefined {
  const sorted = old
    .flatMap((one) => {
      const value = numberIn(one.value);
      return value === undefined ? [] : [{ ...one, value } as Json & { readonly value: number }];
    })
    .toSorted((a, b) => a.value - b.value);
  if (sorted.length === 0) return undefined;
  const steps: { color: unknown; value: number | null }[] = [];
  sorted.forEach((threshold, index) => {
    const next = sorted[index + 1];
    if (threshold.op === 'lt') {
      if (steps.length === 0) steps.push({ color: colorOf(threshold), value: null });
      steps.push({ color: next?.op === 'lt' ? colorOf(next) : 'transparent', value: threshold.value });
    } else steps.push({ color: colorOf(threshold), value: threshold.value });
  });
  if (steps[0]?.value !== null) steps.unshift({ color: 'transparent', value: null });
  const [hasArea, hasLine] = [sorted.some(({ fill }) => fill), sorted.some(({ line }) => line)];
  const mode = hasArea ? (hasLine ? 'line+area' : 'area') : 'line';
  return { thresholds: { mode: 'absolute', steps }, custom: { thresholdsStyle: { mode } } };
}

function colorOf({ colorMode, fillColor, lineColor }: Json): unknown {
  if (colorMode === 'warning') return 'orange';
  if (colorMode === 'ok') return 'green';
  return colorMode === 'custom' ? fillColor || lineColor || 'red' : 'red';
}
