import type { Dashboard, Panel } from '../model/dashboard.ts';
import type { Box } from './model.ts';

/** Columns of Grafana's grid. */
const COLUMNS = 24;
/** Pixels between panels. */
const GAP = 8;
/** Pixels of one row of the grid. */
const ROW = 30;
/** Pixels around the dashboard. */
const MARGIN = 16;
/** Below this width of the page Grafana puts all panels under each other. */
const NARROW = 769;
/** Dashboards of old versions give spans of 12 columns and no places; this is their rows' height. */
const OLD_HEIGHT = 7;

/** Where everything of a dashboard stands, at one width. */
export interface DashboardLayout {
  readonly width: number;
  /** Pixels from the top to below the last panel. */
  readonly height: number;
  readonly panels: readonly Placed[];
  readonly rows: readonly Placed[];
}

/** A panel or row and its place. */
export interface Placed {
  readonly panel: Panel;
  readonly box: Box;
}

/**
 * Lays a dashboard out as Grafana does: places on the grid of 24 columns become pixels, what overlaps is moved down,
 * empty space above is closed, and panels in collapsed rows are not there.
 *
 * @param top pixels that stay free above
 */
export function layoutDashboard(dashboard: Dashboard, width: number, top = MARGIN): DashboardLayout {
  const cells = [
    ...dashboard.panels.filter(({ collapsed }) => !collapsed).map((panel) => ({ panel, isRow: false })),
    ...dashboard.rows.map((panel) => ({ panel, isRow: true })),
  ].map((item, index) => ({ ...item, at: cellOf(item.panel, item.isRow, index) }));
  const settled = settle(cells);
  const boxOf = width < NARROW ? stackedBoxes(settled, width, top) : gridBox(width, top);
  const placed = settled.map((cell) => ({ panel: cell.panel, isRow: cell.isRow, box: boxOf(cell) }));
  const bottom = Math.max(top, ...placed.map(({ box }) => box.y + box.height));
  return {
    width,
    height: bottom + MARGIN,
    panels: placed.filter(({ isRow }) => !isRow),
    rows: placed.filter(({ isRow }) => isRow),
  };
}

interface Cell {
  readonly panel: Panel;
  readonly isRow: boolean;
  readonly at: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

function cellOf({ gridPos, json }: Panel, isRow: boolean, index: number): Cell['at'] {
  const y = Math.max(0, gridPos?.y ?? index * OLD_HEIGHT);
  if (isRow) return { x: 0, y, w: COLUMNS, h: 1 };
  const span = typeof json.span === 'number' ? json.span * 2 : COLUMNS / 2;
  const w = Math.min(COLUMNS, Math.max(1, gridPos?.w ?? span));
  const h = Math.min(500, Math.max(1, gridPos?.h ?? OLD_HEIGHT));
  return { x: Math.min(COLUMNS - w, Math.max(0, gridPos?.x ?? 0)), y, w, h };
}

/** From top to bottom: each cell moves up as far as nothing is in its way, and down past what is. */
function settle(cells: readonly Cell[]): Cell[] {
  const settled: Cell[] = [];
  // The lowest taken row of each column: a cell stands under all columns that it spans.
  const floor = new Array<number>(COLUMNS).fill(0);
  for (const cell of [...cells].sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x)) {
    const { x, w, h } = cell.at;
    const columns = floor.slice(Math.floor(x), Math.ceil(x + w));
    const y = Math.max(0, ...columns);
    floor.fill(y + h, Math.floor(x), Math.ceil(x + w));
    settled.push({ ...cell, at: { x, y, w, h } });
  }
  return settled;
}

function gridBox(width: number, top: number): (cell: Cell) => Box {
  const column = (width - 2 * MARGIN - GAP * (COLUMNS - 1)) / COLUMNS;
  return ({ at: { x, y, w, h } }) => {
    const left = Math.round(MARGIN + x * (column + GAP));
    const right = Math.round(MARGIN + (x + w) * (column + GAP) - GAP);
    return { x: left, y: top + y * (ROW + GAP), width: right - left, height: h * (ROW + GAP) - GAP };
  };
}

function stackedBoxes(cells: readonly Cell[], width: number, top: number): (cell: Cell) => Box {
  const boxes = new Map<Cell, Box>();
  let y = top;
  for (const cell of cells) {
    const height = cell.at.h * (ROW + GAP) - GAP;
    boxes.set(cell, { x: MARGIN, y, width: width - 2 * MARGIN, height });
    y += height + GAP;
  }
  return (cell) => boxes.get(cell) ?? { x: 0, y: 0, width: 0, height: 0 };
}
