import { GRID_COLUMNS } from '../../../definition/layout.ts';
import { type Json, objectOf, objectsOf } from '../../../diff/json.ts';
import { type Flow, noteConditions, numberOf, type Placing, panelAt, placeName } from './placing.ts';

/** Lines of the classic grid for the heights that an auto grid has by name, as Grafana converts them. */
const HEIGHTS: Readonly<Record<string, number>> = { short: 5, standard: 9, tall: 14 };

/** Pixels of a line of the classic grid, with the gap below it. */
const LINE = 38;

/** Panels of a `GridLayout`, whose places are those of the classic grid. */
export function placeGrid(spec: Json, top: number, placing: Placing): Flow {
  let bottom = top;
  const panels = objectsOf(spec.items).flatMap((item) => {
    const { x, y, width, height, element, repeat, ...rest } = objectOf(item.spec) ?? {};
    placing.losses.addRest(rest, placeName(element, placing));
    const gridPos = { x, y: top + numberOf(y), w: width, h: height };
    bottom = Math.max(bottom, gridPos.y + numberOf(height));
    return panelAt(element, gridPos, repeat, placing);
  });
  return { panels, bottom };
}

/** Panels of an `AutoGridLayout` in the places that they have on a wide screen. */
export function placeAutoGrid(spec: Json, top: number, placing: Placing): Flow {
  const { maxColumnCount, columnWidthMode: _, columnWidth: __, items, ...sizes } = spec;
  const { rowHeightMode, rowHeight, ...rest } = sizes;
  const columns = Math.min(Math.max(Math.floor(numberOf(maxColumnCount)) || 3, 1), GRID_COLUMNS);
  const w = Math.floor(GRID_COLUMNS / columns);
  const pixels = rowHeightMode === 'custom' ? numberOf(rowHeight) : 0;
  const h = pixels > 0 ? Math.ceil(pixels / LINE) : (HEIGHTS[String(rowHeightMode)] ?? 9);
  const { losses } = placing;
  losses.add(
    'Auto grid, as wide as the screen',
    `its panels have fixed places, ${columns} beside each other`,
  );
  losses.addRest(rest, 'an auto grid');
  const all = objectsOf(items);
  const panels = all.flatMap((item, index) => {
    const { element, repeat, conditionalRendering, ...more } = objectOf(item.spec) ?? {};
    const place = placeName(element, placing);
    noteConditions(conditionalRendering, place, placing);
    losses.addRest(more, place);
    const gridPos = { x: (index % columns) * w, y: top + Math.floor(index / columns) * h, w, h };
    const flowing = { ...objectOf(repeat), direction: 'h', maxPerRow: columns };
    return panelAt(element, gridPos, flowing, placing);
  });
  return { panels, bottom: top + Math.ceil(all.length / columns) * h };
}
