import { describe, expect, it } from 'vitest';
import { row, section, widthsOf } from './layout.ts';

describe('a row', () => {
  it.each([
    [row(8, 'a'), [24]],
    [row(8, 'a', 'b'), [12, 12]],
    [row(8, 'a', 'b', 'c'), [8, 8, 8]],
    [row(8, 'a', 'b', 'c', 'd', 'e'), [5, 5, 5, 5, 4]],
    [row(8, ['a', 16], 'b'), [16, 8]],
    [row(8, 'a', ['b', 3], 'c'), [11, 3, 10]],
    [row(8, ['a', 6]), [6]],
    [row(8), []],
  ])('shares the 24 columns: %#', ({ cells }, widths) => {
    expect(widthsOf(cells)).toEqual(widths);
  });

  it.each([
    () => row(8, ['a', 20], ['b', 5]),
    () => row(8, ['a', 24], 'b'),
    () => row(8, ['a', 0]),
    () => row(8, ['a', 2.5]),
    () => row(8, ['a', Number.NaN]),
    () => row(8, ...Array.from({ length: 25 }, (_, index) => `p${index}`)),
  ])('refuses widths that do not fit: %s', (make) => {
    expect(make).toThrow('do not fit into 24 whole columns');
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses the height %d', (height) => {
    expect(() => row(height, 'a')).toThrow('the height must be a whole number of at least 1');
  });
});

it('a section is open unless it says otherwise', () => {
  expect(section('S', []).collapsed).toBe(false);
  expect(section('S', [], { collapsed: true }).collapsed).toBe(true);
});
