import { expect, test } from 'vitest';
import type { Dashboard, Panel } from '../model/dashboard.ts';
import { layoutDashboard } from './grid-layout.ts';

type Place = readonly [x: number, y: number, w: number, h: number];

function panelAt(title: string, [x, y, w, h]: Place, more: Partial<Panel> = {}): Panel {
  return { title, gridPos: { x, y, w, h }, collapsed: false, json: {}, path: [title], ...more } as Panel;
}

function boxes(panels: readonly Panel[], rows: readonly Panel[] = [], width = 1400) {
  const layout = layoutDashboard({ panels, rows } as unknown as Dashboard, width, 0);
  return Object.fromEntries(
    [...layout.panels, ...layout.rows].map(({ panel, box: { x, y, width: w, height: h } }) => [
      panel.title,
      [x, y, w, h],
    ]),
  );
}

test('at 1400 pixels a panel of 8 columns stands where Grafana draws it', () => {
  // Measured in Grafana 12.2 at 1400 pixels: 16 to 467, 475 to 925, 933 to 1384.
  expect(
    boxes([panelAt('a', [0, 0, 8, 5]), panelAt('b', [8, 0, 8, 5]), panelAt('c', [16, 0, 8, 5])]),
  ).toEqual({
    a: [16, 0, 451, 182],
    b: [475, 0, 450, 182],
    c: [933, 0, 451, 182],
  });
});

test('panels beside each other keep 8 pixels between them, below each other too', () => {
  expect(
    boxes([panelAt('a', [0, 0, 12, 5]), panelAt('b', [12, 0, 12, 5]), panelAt('c', [0, 5, 24, 2])]),
  ).toEqual({
    a: [16, 0, 680, 182],
    b: [704, 0, 680, 182],
    c: [16, 190, 1368, 68],
  });
});

test('what overlaps is moved down, and what floats is moved up', () => {
  const { a, b, c } = boxes([
    panelAt('a', [0, 0, 12, 4]),
    panelAt('b', [6, 2, 12, 4]),
    panelAt('c', [18, 30, 6, 4]),
  ]);
  expect([a?.[1], b?.[1], c?.[1]]).toEqual([0, 152, 0]);
});

test('panels of a collapsed row are not there, and what follows moves up to the row', () => {
  const layout = boxes(
    [panelAt('folded', [0, 1, 12, 8], { collapsed: true }), panelAt('below', [0, 9, 12, 4])],
    [panelAt('row', [0, 0, 24, 1])],
  );
  expect(layout).toEqual({ row: [16, 0, 1368, 30], below: [16, 38, 680, 144] });
});

test('on a narrow page all panels stand below each other', () => {
  expect(boxes([panelAt('a', [0, 0, 12, 5]), panelAt('b', [12, 0, 12, 5])], [], 700)).toEqual({
    a: [16, 0, 668, 182],
    b: [16, 190, 668, 182],
  });
});

test('places that no grid has are brought into it', () => {
  expect(boxes([panelAt('wide', [20, 0, 40, 2]), panelAt('flat', [-3, 9, 4, 0])])).toEqual({
    wide: [16, 0, 1368, 68],
    flat: [16, 76, 221, 30],
  });
});
