import { fixedDecimals } from './fixed-decimals.ts';
import { formatDuration } from './format-duration.ts';
import type { UnitFormat } from './unit-format.ts';
import { unitFormat } from './units.ts';

/** A number ready to be shown. Prefix and suffix are apart because a stat draws them smaller. */
export interface FormattedValue {
  readonly prefix?: string;
  readonly text: string;
  readonly suffix?: string;
}

/**
 * Writes a number as Grafana does.
 *
 * @param unit as in `fieldConfig.defaults.unit`; undefined is no unit
 * @param decimals digits behind the point; undefined takes what is needed for about three significant digits
 */
export function formatValue(value: number, unit?: string, decimals?: number): FormattedValue {
  return write(value, unitFormat(unit), decimals === undefined ? undefined : Math.trunc(decimals));
}

/** The parts of a formatted value in one line. */
export function plainText({ prefix = '', text, suffix = '' }: FormattedValue): string {
  return `${prefix}${text}${suffix}`;
}

function write(value: number, format: UnitFormat, decimals: number | undefined): FormattedValue {
  switch (format.kind) {
    case 'plain': {
      const text = fixedDecimals(value, decimals);
      if (format.symbol === '') return { text };
      return format.inFront ? { prefix: format.symbol, text } : { text, suffix: ` ${format.symbol}` };
    }
    case 'scaled':
      return scaled(value, format, decimals);
    case 'percent':
      return { text: fixedDecimals(value * format.times, decimals), suffix: '%' };
    case 'currency': {
      const { text, suffix = '' } = scaled(
        Math.abs(value),
        { factor: 1000, suffixes: ['', 'K', 'M', 'B', 'T'], start: 0 },
        decimals,
      );
      const sign = value < 0 ? '-' : '';
      return format.behind
        ? { prefix: sign, text, suffix: `${suffix}${format.symbol}` }
        : { prefix: `${sign}${format.symbol}`, text, suffix };
    }
    case 'duration':
      return formatDuration(value, format.unit, decimals);
    case 'boolean':
      return { text: value ? format.yes : format.no };
    case 'locale':
      return {
        text: value.toLocaleString(
          'en-US',
          decimals === undefined ? {} : { maximumFractionDigits: decimals },
        ),
      };
    case 'scientific':
      return { text: value.toExponential(decimals) };
    case 'hexadecimal': {
      const digits = Number.parseFloat(fixedDecimals(value, decimals)).toString(16).toUpperCase();
      return { text: digits.replace(/^(-?)/, `$1${format.prefix}`) };
    }
    case 'string':
      return { text: String(value) };
    case 'date':
      return { text: isoTime(value) };
    default:
      return format satisfies never;
  }
}

function scaled(
  value: number,
  { factor, suffixes, start }: { factor: number; suffixes: readonly string[]; start: number },
  decimals: number | undefined,
): FormattedValue {
  if (!Number.isFinite(value)) return { text: value.toLocaleString('en-US') };
  const wanted = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)) / Math.log10(factor));
  const power = Math.max(-start, Math.min(wanted, suffixes.length - 1 - start));
  return { text: fixedDecimals(value / factor ** power, decimals), suffix: suffixes[start + power] ?? '' };
}

/** Milliseconds since 1970 as UTC, so that a picture does not depend on where it is drawn. */
function isoTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'Invalid date' : date.toISOString().slice(0, 19).replace('T', ' ');
}
