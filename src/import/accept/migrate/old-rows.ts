import { GRID_COLUMNS } from '../../../definition/layout.ts';
import { type Json, objectsOf } from '../../../diff/json.ts';

/** Pixels of a grid row with the gap below it. */
const CELL = 38;

/**
 * A dashboard from before schema version 16 with its rows of 12 columns turned into a grid of 24, as Grafana does it:
 * rows become headings when one of them shows its title, is folded, or repeats.
 */
export function withGrid(dashboard: Json): Json {
  const { rows: old, ...rest } = dashboard;
  const rows = objectsOf(old).filter(({ repeatIteration }) => !repeatIteration);
  const hasHeadings = rows.some(({ collapse, showTitle, repeat }) => collapse || showTitle || repeat);
  let nextId =
    Math.max(0, ...rows.flatMap(({ panels }) => objectsOf(panels).map(({ id }) => Number(id) || 0))) + 1;
  let y = 0;
  const panels: Json[] = [];
  for (const row of rows) {
    const height = gridHeight(row.height);
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
    const area = rowArea(height);
    for (const { span, height: own, minSpan, ...panel } of objectsOf(row.panels)) {
      const w = Math.min(Math.floor(Number(span) || 4) * 2, GRID_COLUMNS);
      const h = own ? gridHeight(own) : height;
      const place = area.add(w, h);
      const least = typeof minSpan === 'number' ? { minSpan: Math.min(GRID_COLUMNS, minSpan * 2) } : {};
      into.push({ ...panel, ...least, gridPos: { x: place.x, y: y + place.y, w, h } });
    }
    y += row.collapse ? 0 : area.bottom();
  }
  return { ...rest, panels };
}

/**
 * Where the panels of a row go: beside the one before while there is room, below it where that one is lower than the
 * row, otherwise to a new line of the row's height.
 */
function rowArea(height: number) {
  const filled = new Array<number>(GRID_COLUMNS).fill(0);
  let top = 0;
  const add = (w: number, h: number): { x: number; y: number } => {
    const x = freeColumns(filled, height);
    if (GRID_COLUMNS - x < w && filled.some((column) => column > 0)) {
      top += height;
      filled.fill(0);
      return add(w, h);
    }
    const y = Math.max(0, ...filled.slice(x, GRID_COLUMNS));
    filled.fill(y + h, x, x + w);
    return { x, y: top + y };
  };
  return { add, bottom: () => top + height };
}

/** The first of the columns at the right end that have room and do not become lower to the right. */
function freeColumns(filled: readonly number[], height: number): number {
  let first = GRID_COLUMNS;
  while (first > 0) {
    const [column = 0, next = Number.POSITIVE_INFINITY] = [filled[first - 1], filled[first]];
    if (column >= height || column > next) break;
    first--;
  }
  return first;
}

/** Rows of the grid for a height in pixels, written as a number or as `250px`. */
function gridHeight(height: unknown): number {
  const pixels = typeof height === 'string' ? Number.parseInt(height, 10) : Number(height);
  return Math.ceil(Math.max(pixels || 250, 90) / CELL);
}
