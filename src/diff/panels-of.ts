import { type Json, objectOf, objectsOf, textOf } from './json.ts';

/** A panel or a row of panels, and where it stands. */
export interface PanelOn {
  readonly json: Json;
  readonly id: number | undefined;
  readonly title: string;
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** The row it belongs to; undefined above the first one. */
  readonly row: PanelOn | undefined;
}

/** Panels and rows of a dashboard, from top to bottom whatever their order in the file. */
export interface PanelsOn {
  readonly panels: readonly PanelOn[];
  readonly rows: readonly PanelOn[];
}

/** Reads the panels of a classic dashboard, those in collapsed rows and in the rows of before version 16 too. */
export function panelsOf(dashboard: Json): PanelsOn {
  const panels: PanelOn[] = [];
  const rows: PanelOn[] = [];
  let row: PanelOn | undefined;
  for (const json of objectsOf(dashboard.panels).toSorted(byPlace)) {
    if (json.type !== 'row') {
      panels.push(panelOn(json, row));
      continue;
    }
    row = panelOn(json, undefined);
    rows.push(row);
    for (const inner of objectsOf(json.panels).toSorted(byPlace)) panels.push(panelOn(inner, row));
  }
  for (const json of objectsOf(dashboard.rows)) {
    const old = panelOn({ ...json, type: 'row' }, undefined);
    rows.push(old);
    for (const inner of objectsOf(json.panels)) panels.push(panelOn(inner, old));
  }
  return { panels, rows };
}

function panelOn(json: Json, row: PanelOn | undefined): PanelOn {
  const grid = objectOf(json.gridPos);
  return {
    json,
    id: typeof json.id === 'number' ? json.id : undefined,
    title: textOf(json.title) ?? '',
    type: textOf(json.type) ?? '',
    x: numberOf(grid?.x),
    y: numberOf(grid?.y),
    w: numberOf(grid?.w),
    h: numberOf(grid?.h),
    row,
  };
}

/** As Grafana sorts when it loads: by row, then column. What has no place stays where it is. */
function byPlace(a: Json, b: Json): number {
  const [one, other] = [objectOf(a.gridPos), objectOf(b.gridPos)];
  return numberOf(one?.y) - numberOf(other?.y) || numberOf(one?.x) - numberOf(other?.x);
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
