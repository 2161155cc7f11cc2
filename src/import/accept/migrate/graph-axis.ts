import { type Json, textOf } from '../../../diff/json.ts';
import { numberIn } from './migration.ts';

/** What an axis of the graph says of the fields on it. */
export interface GraphAxis {
  readonly unit: unknown;
  readonly decimals: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly custom: Json;
}

/** Reads a Y axis of the graph. */
export function graphAxis(axis: Json | undefined): GraphAxis {
  const { format, decimals, min, max, show, label, logBase } = axis ?? {};
  const log = numberIn(logBase);
  return {
    unit: textOf(format),
    decimals: numberIn(decimals),
    min: numberIn(min),
    max: numberIn(max),
    custom: {
      ...(show === false ? { axisPlacement: 'hidden' } : {}),
      ...(textOf(label) ? { axisLabel: label } : {}),
      // The time series knows no other bases.
      ...(log === 2 || log === 10 ? { scaleDistribution: { type: 'log', log } } : {}),
    },
  };
}

/** Length of dashes and of the gaps between them. */
export function dashOf({ dashLength, spaceLength }: Json): readonly number[] {
  return [numberIn(dashLength) ?? 10, numberIn(spaceLength) ?? 10];
}
