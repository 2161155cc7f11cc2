import { drawable } from '../draw/scales.ts';

/** A part of a pie. */
export interface PieSlice<T> {
  readonly item: T;
  /** Radians, clockwise from the top. */
  readonly from: number;
  readonly to: number;
}

interface Valued {
  readonly value: number | null | undefined;
}

/**
 * Divides a circle by values. Negative values and what is no number have no slice.
 *
 * @returns in the order of the items
 */
export function pieSlices<T extends Valued>(items: readonly T[]): PieSlice<T>[] {
  const parts = shares(items.map(({ value }) => Math.max(0, drawable(value) ?? 0)));
  let from = 0;
  return items.flatMap((item, index) => {
    const part = parts[index] ?? 0;
    if (part === 0) return [];
    const slice = { item, from, to: from + part * 2 * Math.PI };
    from = slice.to;
    return [slice];
  });
}

/**
 * What the pie writes as a value's share: of the sum of all, from which negative values are taken away, as Grafana does.
 * Undefined for what is no number, and where the sum is 0.
 */
export function pieShares(items: readonly Valued[]): (number | undefined)[] {
  const numbers = items.map(({ value }) => drawable(value));
  return shares(numbers.map((value) => value ?? 0)).map((share, index) =>
    numbers[index] === null || !Number.isFinite(share) ? undefined : share,
  );
}

function shares(values: readonly number[]): number[] {
  // Not simply the sum: that of huge numbers is infinite.
  const largest = Math.max(0, ...values.map(Math.abs)) || 1;
  const whole = values.reduce((sum, value) => sum + value / largest, 0);
  return values.map((value) => (value === 0 && whole === 0 ? 0 : value / largest / whole));
}

/** By value as `options.sort` says, the largest first by default; what is no number comes last. */
export function sortedByValue<T extends Valued>(items: readonly T[], sort: unknown): T[] {
  if (sort === 'none') return [...items];
  const sign = sort === 'asc' ? 1 : -1;
  const isNumber = ({ value }: T) => typeof value === 'number' && !Number.isNaN(value);
  return [...items].sort((a, b) => {
    if (!isNumber(a) || !isNumber(b)) return Number(isNumber(b)) - Number(isNumber(a));
    const [one, other] = [a.value ?? 0, b.value ?? 0];
    return one === other ? 0 : sign * (one < other ? -1 : 1);
  });
}

/** The outline of a slice, or of a ring's part, around a point. */
export function slicePath(
  { from, to }: Pick<PieSlice<unknown>, 'from' | 'to'>,
  { x, y, outer, inner }: { x: number; y: number; outer: number; inner: number },
): string {
  // An arc that ends where it begins is not drawn.
  const isWhole = to - from > 2 * Math.PI - 1e-6;
  const halves = isWhole ? [from, from + Math.PI, from + 2 * Math.PI] : [from, to];
  const at = (angle: number, radius: number) =>
    `${round(x + radius * Math.sin(angle))} ${round(y - radius * Math.cos(angle))}`;
  const arcs = (angles: readonly number[], radius: number, sweep: 0 | 1) =>
    angles
      .slice(1)
      .map((angle, index) => {
        const isLarge = Math.abs(angle - (angles[index] ?? 0)) > Math.PI ? 1 : 0;
        return `A${round(radius)} ${round(radius)} 0 ${isLarge} ${sweep} ${at(angle, radius)}`;
      })
      .join('');
  const edge = `M${at(from, outer)}${arcs(halves, outer, 1)}`;
  const back = [...halves].reverse();
  if (inner <= 0) return isWhole ? `${edge}Z` : `${edge}L${round(x)} ${round(y)}Z`;
  return `${edge}${isWhole ? 'ZM' : 'L'}${at(to, inner)}${arcs(back, inner, 0)}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
