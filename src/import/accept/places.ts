import { GRID_COLUMNS } from '../../definition/layout.ts';
import { type Json, objectOf, objectsOf } from '../../diff/json.ts';

interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/**
 * Panels where Grafana shows them: within the 24 columns, each as far up as those above let it. So gaps are closed and
 * panels that lie on one another are pushed apart. Panels of a folded row stand below it, those of an open one behind it.
 */
export function withPlaces(dashboard: Json): Json {
  const top: { panel: Json; inside: Json[] }[] = [];
  let open: Json[] | undefined;
  for (const panel of objectsOf(dashboard.panels).toSorted(byPlace)) {
    if (panel.type === 'row') {
      const inside = objectsOf(panel.panels).toSorted(byPlace);
      top.push({ panel, inside });
      open = panel.collapsed === true ? undefined : inside;
      // What an open row still holds in its own list is shown too.
      if (open && inside.length > 0) {
        top.push(...inside.map((one) => ({ panel: one, inside: [] })));
        inside.length = 0;
      }
    } else top.push({ panel, inside: [] });
  }
  const bottoms = new Array<number>(GRID_COLUMNS).fill(0);
  const panels = top.map(({ panel, inside }) => {
    const isRow = panel.type === 'row';
    if (isRow) bottoms.fill(Math.max(...bottoms));
    const gridPos = drop(isRow ? { x: 0, y: 0, w: GRID_COLUMNS, h: 1 } : placeOf(panel), bottoms);
    if (!isRow) return { ...panel, gridPos };
    const below = new Array<number>(GRID_COLUMNS).fill(gridPos.y + 1);
    const folded = inside.map((one) => ({ ...one, gridPos: drop(placeOf(one), below) }));
    return { ...panel, collapsed: panel.collapsed === true, gridPos, panels: folded };
  });
  return { ...dashboard, panels };
}

/** Lets a panel fall onto those above it. */
function drop(place: Place, bottoms: number[]): Place {
  const y = Math.max(...bottoms.slice(place.x, place.x + place.w));
  bottoms.fill(y + place.h, place.x, place.x + place.w);
  return { x: place.x, y, w: place.w, h: place.h };
}

function placeOf(panel: Json): Place {
  const grid = objectOf(panel.gridPos);
  const w = whole(grid?.w, 6, 1, GRID_COLUMNS);
  return {
    x: whole(grid?.x, 0, 0, GRID_COLUMNS - w),
    y: whole(grid?.y, 0, 0, 1e6),
    w,
    h: whole(grid?.h, 3, 1, 1000),
  };
}

function whole(value: unknown, usual: number, least: number, most: number): number {
  const number = typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : usual;
  return Math.min(Math.max(number, least), most);
}

function byPlace(a: Json, b: Json): number {
  const [one, other] = [placeOf(a), placeOf(b)];
  return one.y - other.y || Number(b.type === 'row') - Number(a.type === 'row') || one.x - other.x;
}
