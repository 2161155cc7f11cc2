import { GRID_COLUMNS } from '../../../definition/layout.ts';
import { type Json, objectOf, objectsOf, textOf } from '../../../diff/json.ts';
import { panelName } from './classic-panel.ts';
import type { V2Context } from './context.ts';
import { placeAutoGrid, placeGrid } from './place-grid.ts';
import { type Flow, noteConditions, type Placing } from './placing.ts';

/**
 * The panels of a dashboard of schema v2 where its layout puts them. The classic form knows one grid with rows as
 * headings: as in Grafana's own conversion tabs become open rows, rows in rows stand one below the other, and an auto
 * grid gets fixed places.
 */
export function classicLayout({ elements, layout }: Json, context: V2Context): readonly Json[] {
  const all = objectOf(elements) ?? {};
  const placing: Sections = {
    ...context,
    elements: all,
    left: new Set(Object.keys(all)),
    isBelowOpenRow: false,
  };
  const { panels } = layout ? place(objectOf(layout) ?? {}, 0, placing) : { panels: [] };
  for (const name of placing.left)
    context.losses.add(
      'Elements in no layout',
      'left out, as Grafana shows it nowhere',
      panelName(name, objectOf(all[name])),
    );
  return panels;
}

interface Sections extends Placing {
  /** Whether what comes next would be folded with a row. */
  isBelowOpenRow: boolean;
}

function place({ kind, spec }: Json, top: number, placing: Sections): Flow {
  const content = objectOf(spec) ?? {};
  switch (kind) {
    case 'GridLayout':
      return placeGrid(content, top, placing);
    case 'AutoGridLayout':
      return placeAutoGrid(content, top, placing);
    case 'RowsLayout':
      return placeSections(objectsOf(content.rows), 'row', top, placing);
    case 'TabsLayout':
      return placeSections(objectsOf(content.tabs), 'tab', top, placing);
    default:
      placing.losses.add(`Layout of kind ${String(kind)}`, 'its panels are left out');
      return { panels: [], bottom: top };
  }
}

function placeSections(parts: readonly Json[], of: 'row' | 'tab', top: number, placing: Sections): Flow {
  const panels: Json[] = [];
  let bottom = top;
  for (const part of parts) {
    const inner = placeSection(objectOf(part.spec) ?? {}, of, bottom, placing);
    panels.push(...inner.panels);
    bottom = inner.bottom;
  }
  return { panels, bottom };
}

function placeSection(spec: Json, of: 'row' | 'tab', top: number, placing: Sections): Flow {
  const { losses } = placing;
  const { title, collapse, hideHeader, repeat, layout, conditionalRendering, variables: _, ...rest } = spec;
  const name = `${of} "${textOf(title) ?? ''}"`;
  losses.addRest(rest, name);
  noteConditions(conditionalRendering, name, placing);
  if (of === 'tab') losses.add('Tabs', 'each is an open row', `"${textOf(title) ?? ''}"`);
  const content = objectOf(layout) ?? {};
  const isNested = content.kind === 'RowsLayout' || content.kind === 'TabsLayout';
  const variable = textOf(objectOf(repeat)?.value);
  const isHidden = hideHeader === true;
  if (isNested) {
    losses.add('Rows or tabs inside', 'they stand below it', name);
    if (variable !== undefined) losses.add('Repetition with all rows inside', 'it stands once', name);
    if (collapse === true) losses.add('Folding with all rows inside', 'it is open', name);
  }
  if (isHidden && (variable === undefined || isNested)) {
    if (placing.isBelowOpenRow) losses.add('Hidden header', 'its panels belong to the row above', name);
    return place(content, top, placing);
  }
  if (isHidden) losses.add('Hidden header', 'it shows, as only a row with a header is repeated', name);
  const isFolded = collapse === true && !isNested && !isHidden;
  placing.isBelowOpenRow = !isFolded;
  const { panels, bottom } = place(content, top + 1, placing);
  const row: Json = {
    type: 'row',
    title: textOf(title) ?? '',
    collapsed: isFolded,
    ...(variable === undefined || isNested ? {} : { repeat: variable }),
    gridPos: { x: 0, y: top, w: GRID_COLUMNS, h: 1 },
    panels: isFolded ? panels : [],
  };
  return isFolded ? { panels: [row], bottom: top + 1 } : { panels: [row, ...panels], bottom };
}
