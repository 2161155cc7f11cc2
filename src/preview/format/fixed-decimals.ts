/**
 * A number with as many decimals as asked for; without, with about three significant digits, as Grafana shows it.
 * Very large and very small numbers keep JavaScript's exponent.
 */
export function fixedDecimals(value: number, decimals?: number): string {
  if (!Number.isFinite(value)) return value.toLocaleString('en-US');
  const digits = Math.max(0, decimals ?? decimalsFor(value));
  if (value === 0) return (0).toFixed(Math.min(digits, 100));
  const factor = 10 ** digits;
  const rounded = String(Math.round(value * factor) / factor);
  if (rounded.includes('e')) return rounded;
  const [whole = '', fraction = ''] = rounded.split('.');
  return digits === 0 ? rounded : `${whole}.${fraction.padEnd(digits, '0')}`;
}

/** Two digits behind the leading one, one digit less where that one is small (up to 2.25); none for whole numbers. */
function decimalsFor(value: number): number {
  if (!Number.isFinite(value) || value % 1 === 0) return 0;
  const size = Math.abs(value);
  const decimals = 1 - Math.floor(Math.log(size) / Math.LN10);
  return Math.max(0, size / 10 ** -decimals > 2.25 ? decimals + 1 : decimals);
}
