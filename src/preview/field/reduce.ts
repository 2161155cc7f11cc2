import type { Series } from '../model.ts';

/**
 * One number for a series, by one of Grafana's calculations (`lastNotNull`, `mean`, …). Undefined where there is none,
 * or where the calculation is not known.
 */
export function reduceSeries({ values }: Series, calculation: string): number | null | undefined {
  const numbers = values.filter((value): value is number => value !== null && !Number.isNaN(value));
  const [first, last] = [numbers[0], numbers[numbers.length - 1]];
  switch (calculation) {
    case 'last':
      return values[values.length - 1];
    case 'lastNotNull':
      return last;
    case 'first':
      return values[0];
    case 'firstNotNull':
      return first;
    case 'min':
      return extreme(numbers, (a, b) => a < b);
    case 'max':
      return extreme(numbers, (a, b) => a > b);
    case 'sum':
      return sum(numbers);
    case 'mean':
      return numbers.length === 0 ? undefined : sum(numbers) / numbers.length;
    case 'median':
      return [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
    case 'count':
      return values.length;
    case 'range':
      return difference(
        extreme(numbers, (a, b) => a > b),
        extreme(numbers, (a, b) => a < b),
      );
    case 'delta':
      return sum(numbers.map((value, index) => Math.max(0, value - (numbers[index - 1] ?? value))));
    case 'diff':
      return difference(last, first);
    case 'diffperc':
      return first === undefined || last === undefined ? undefined : (last - first) / first;
    case 'stdDev':
      return Math.sqrt(variance(numbers));
    case 'variance':
      return variance(numbers);
    default:
      return undefined;
  }
}

function extreme(
  numbers: readonly number[],
  isBetter: (a: number, b: number) => boolean,
): number | undefined {
  // Not `Math.max(...numbers)`: long series have more values than a call can have arguments.
  let best: number | undefined;
  for (const value of numbers) if (best === undefined || isBetter(value, best)) best = value;
  return best;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

function difference(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

function variance(numbers: readonly number[]): number {
  const mean = sum(numbers) / numbers.length;
  return sum(numbers.map((value) => (value - mean) ** 2)) / numbers.length;
}
