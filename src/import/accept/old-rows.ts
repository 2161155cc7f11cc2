import { GRID_COLUMNS } from '../../definition/layout.ts';
import { type Json, objectsOf } from '../../diff/json.ts';

/** Pixels of a grid row with the gap below it. */
const CELL = 38;

/**
 * A dashboard from before schema version 16 with its rows of 12 columns turned into a grid of 24, as Grafana does it:
 * rows become headings when one of them shows its title, is folded, or repeats.
 */
export function withGrid(dashboard: Json): Json {
  const { rows: old, ...rest } = dashboard;
  const rows = objectsOf(old).filter(({ repeatIteration }) => repeatIteration === undefined);
  const hasHeadings = rows.some(({ collapse, showTitle, repeat }) => collapse || showTitle || repeat);
  let nextId =
    Math.max(0, ...rows.flatMap(({ panels }) => objectsOf(panels).map(({ id }) => Number(id) || 0))) + 1;
  let y = 0;
  const panels: Json[] = [];
  for (const row of rows) {
    const height = gridHeight(row.height ?? 250);
    let into = panels;
    if (hasHeadings) {
      const inside: Json[] = [];
      const { title, repeat } = row;
      panels.push({
        id: nextId++,
        type: 'row',
        title,
        collapsed: Boolean(row.collapse),
        ...(typeof repeat === 'string' ? { repeat } : {}),
        gridPos: { x: 0, y, w: GRID_COLUMNS, h: 1 },
        panels: inside,
      });
      y++;
      if (row.collapse) into = inside;
    }
    let [x, lineHeight] = [0, 0];
    for (const { span, height: own, minSpan: _, ...panel } of objectsOf(row.panels)) {
      const w = Math.min(Math.floor(Number(span) || 4) * 2, GRID_COLUMNS);
      const h = own === undefined || own === null ? height : gridHeight(own);
      if (x + w > GRID_COLUMNS) {
        y += lineHeight;
        [x, lineHeight] = [0, 0];
      }
      into.push({ ...panel, gridPos: { x, y, w, h } });
      x += w;
      lineHeight = Math.max(lineHeight, h);
    }
    y += Math.max(lineHeight, row.collapse ? 0 : height);
  }
  return { ...rest, panels };
}

/** Rows of the grid for a height in pixels, written as a number or as `250px`. */
function gridHeight(height: unknown): number {
  const pixels = typeof height === 'string' ? Number.parseInt(height, 10) : Number(height);
  return Math.ceil(Math.max(pixels || 250, 90) / CELL);
}
