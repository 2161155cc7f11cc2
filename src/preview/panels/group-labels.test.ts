import { expect, test } from 'vitest';
import { THEMES } from '../draw/theme.ts';
import { groupLabels } from './group-labels.ts';
import type { SeriesDrawing } from './panel-drawing.ts';

const BOX = { x: 0, y: 0, width: 460, height: 200 };

function labels(groups: readonly string[], options: object = {}, isUpright = true) {
  const drawing = { panel: { json: { options } }, theme: THEMES.dark, box: BOX } as unknown as SeriesDrawing;
  return groupLabels(drawing, groups, isUpright, BOX);
}

const many = (count: number) => Array.from({ length: count }, (_, index) => `group ${index}`);

test('names that fit are drawn as they are', () => {
  expect(labels(['a', 'b'])).toMatchObject({ texts: ['a', 'b'], every: 1, first: 0 });
});

test('long names are cut to the room of their group; where there is too little, some are left out', () => {
  const [cut] = labels(['a name that is far too long for its group', ...many(7)]).texts;
  expect(cut).toMatch(/^a n.*…$/);
  expect(labels(many(40)).every).toBe(6);
});

test('a spacing leaves more out, counted from the last where it is negative', () => {
  expect(labels(many(10), { xTickLabelSpacing: 100 })).toMatchObject({ every: 3, first: 0 });
  expect(labels(many(9), { xTickLabelSpacing: -100 })).toMatchObject({ every: 3, first: 2 });
});

test('names are cut to the length that the panel says, to nothing where that is 0', () => {
  expect(labels(['a long name'], { xTickLabelMaxLength: 6 }).texts).toEqual(['a long...']);
  expect(labels(['name'], { xTickLabelMaxLength: 0 }).texts).toEqual(['...']);
});

test('turned names take height, and reach beyond their group', () => {
  const { size, overhang, every } = labels(many(10), { xTickLabelRotation: 45 });
  expect(size - 15).toBeCloseTo(overhang, 5);
  expect(overhang).toBeGreaterThan(20);
  expect(every).toBe(1);
  expect(labels(many(10), { xTickLabelRotation: 90 }).overhang).toBeCloseTo(0, 5);
});

test('names of lying bars are left out where they would lie upon each other', () => {
  expect(labels(many(5), {}, false).every).toBe(1);
  expect(labels(many(30), {}, false).every).toBe(3);
});
