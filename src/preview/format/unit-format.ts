import type { DurationUnit } from './format-duration.ts';

/** How the numbers of one unit are written. */
export type UnitFormat =
  /** The number and a fixed symbol. */
  | { readonly kind: 'plain'; readonly symbol: string; readonly inFront?: boolean }
  /** Divided by `factor` until it is short; `start` is where in `suffixes` the unit itself stands. */
  | {
      readonly kind: 'scaled';
      readonly factor: number;
      readonly suffixes: readonly string[];
      readonly start: number;
    }
  | { readonly kind: 'percent'; readonly times: number }
  | { readonly kind: 'currency'; readonly symbol: string; readonly behind: boolean }
  | { readonly kind: 'duration'; readonly unit: DurationUnit }
  | { readonly kind: 'boolean'; readonly yes: string; readonly no: string }
  | { readonly kind: 'locale' | 'scientific' | 'string' | 'date' }
  | { readonly kind: 'hexadecimal'; readonly prefix: string };

/** The prefixes of the SI, smallest first. */
export const SI = ['f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
/** Where no prefix stands among them. */
export const SI_START = SI.indexOf('');
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];
const COUNT = ['', 'K', 'M', 'B', 'T'];

/** The number with a symbol behind it. */
export function plain(symbol: string): UnitFormat {
  return { kind: 'plain', symbol };
}

/** Scaled by thousands, from femto to yotta; `power` is how many steps up the unit itself stands. */
export function si(symbol: string, power = 0): UnitFormat {
  return {
    kind: 'scaled',
    factor: 1000,
    suffixes: SI.map((prefix) => ` ${prefix}${symbol}`),
    start: SI_START + power,
  };
}

/** Scaled by 1024. */
export function binary(symbol: string, power = 0): UnitFormat {
  return {
    kind: 'scaled',
    factor: 1024,
    suffixes: BINARY.map((prefix) => ` ${prefix}${symbol}`),
    start: power,
  };
}

/** Counted things: K, M, B, T. */
export function count(symbol: string): UnitFormat {
  return { kind: 'scaled', factor: 1000, suffixes: COUNT.map((prefix) => `${prefix} ${symbol}`), start: 0 };
}

/** Money. */
export function currency(symbol: string, behind = false): UnitFormat {
  return { kind: 'currency', symbol, behind };
}

/** Time. */
export function duration(unit: DurationUnit): UnitFormat {
  return { kind: 'duration', unit };
}
