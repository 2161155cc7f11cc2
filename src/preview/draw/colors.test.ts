import { expect, test } from 'vitest';
import { contrastText, mixedColor, shifted } from './colors.ts';
import { THEMES } from './theme.ts';

test('a text is white on what is dark and black on what is light, after the panel has shone through', () => {
  expect(contrastText('#F2495C', 0.7, THEMES.dark)).toBe('#ffffff');
  expect(contrastText('#FADE2A', 1, THEMES.dark)).toBe('#000000');
  expect(contrastText('#FADE2A', 0.2, THEMES.dark)).toBe('#ffffff');
  expect(contrastText('#F2495C', 0.2, THEMES.light)).toBe('#000000');
});

test.each([
  ['#fff', '#000000'],
  ['rgb(255, 255, 255)', '#000000'],
  ['rgba(255,255,255,0)', '#ffffff'],
  ['#ffffff00', '#ffffff'],
  ['none', '#ffffff'],
])('%s is read as CSS reads it', (color, text) => {
  expect(contrastText(color, 1, THEMES.dark)).toBe(text);
});

test('a mixture begins with the first colour, ends with the last, and passes near those between', () => {
  const colors = ['#73bf69', '#fade2a', '#f2495c'];
  expect([0, 1, -3, 7].map((share) => mixedColor(colors, share))).toEqual([
    ...['#73bf69', '#f2495c', '#73bf69', '#f2495c'],
  ]);
  expect(mixedColor(['#000000', '#ffffff'], 0.5)).toBe('#808080');
  // A sixth of its neighbours each, and four of its own.
  expect(mixedColor(colors, 0.5)).toBe('#e2c03d');
});

test('a shift changes the lightness and the hue', () => {
  expect(shifted('#ff0000', -0.25, 0)).toBe('#800000');
  expect(shifted('#ff0000', 0, 120)).toBe('#00ff00');
  expect(shifted('#808080', 0.5, 90)).toBe('#ffffff');
});
