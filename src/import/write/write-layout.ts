import { idOf } from '../../definition/compile.ts';
import { GRID_COLUMNS, widthsOf } from '../../definition/layout.ts';
import { type Json, objectOf, textOf } from '../../diff/json.ts';
import { type Code, call, literal, text } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import type { Outline, OutlinedPanel } from './outline.ts';

/** Code for the layout of an outlined dashboard: rows where panels stand side by side, grids where they do not. */
export function writeLayout({ parts }: Outline, names: Names): Code {
  const items = parts.flatMap(({ row, panels }) =>
    row ? [writeSection(row, panels, names)] : writeBlocks(panels, names),
  );
  return { kind: 'list', items };
}

/** Code for a row of Grafana's and the panels below it. */
export function writeSection(row: Json, panels: readonly OutlinedPanel[], names: Names): Code {
  const title = textOf(row.title) ?? '';
  const entries: [string, Code][] = [];
  if (row.collapsed === true) entries.push(['collapsed', literal(true)]);
  if (typeof row.repeat === 'string') entries.push(['repeat', literal(row.repeat)]);
  if (typeof row.id === 'number' && row.id !== idOf(`section ${title}`))
    entries.push(['id', literal(row.id)]);
  const options: Code[] = entries.length === 0 ? [] : [{ kind: 'object', entries }];
  const blocks: Code = { kind: 'list', items: writeBlocks(panels, names) };
  return call(names.use('panelproof', 'section'), literal(title), blocks, ...options);
}

/** More blocks than this in one list are more than the type checker wants to compare with each other. */
const MANY = 500;

function writeBlocks(panels: readonly OutlinedPanel[], names: Names): Code[] {
  const all = bandsOf(panels);
  if (all.length > MANY) return [asGrid(all.flat(), names)];
  return all.map((band) => writeBlock(band, names));
}

/** Code for panels that stand together: a row where they are of one height and without gaps, else a grid. */
export function writeBlock(band: readonly Placed[], names: Names): Code {
  return asRow(band, names) ?? asGrid(band, names);
}

/** A panel by its key, and where it stands. */
export interface Placed {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Panels between two lines across the whole width that cut no panel. */
export function bandsOf(panels: readonly OutlinedPanel[]): Placed[][] {
  const placed = panels.map(({ key, json }) => placeOf(key, json)).sort((a, b) => a.y - b.y || a.x - b.x);
  const found: Placed[][] = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (const panel of placed) {
    if (panel.y >= bottom) found.push([panel]);
    else found.at(-1)?.push(panel);
    bottom = Math.max(bottom, panel.y + panel.h);
  }
  return found;
}

function placeOf(key: string, { gridPos }: Json): Placed {
  const { x, y, w, h } = objectOf(gridPos) ?? {};
  return { key, x: Number(x ?? 0), y: Number(y ?? 0), w: Number(w ?? GRID_COLUMNS), h: Number(h ?? 8) };
}

function asRow(band: readonly Placed[], names: Names): Code | undefined {
  const [first] = band;
  if (!first) return undefined;
  let x = 0;
  for (const panel of band) {
    if (panel.x !== x || panel.y !== first.y || panel.h !== first.h) return undefined;
    x += panel.w;
  }
  if (x > GRID_COLUMNS || first.h < 1) return undefined;
  const shares = widthsOf(band.map(({ key }) => ({ key, width: undefined })));
  const isShared = band.every(({ w }, index) => w === shares[index]);
  const cells = band.map(
    ({ key, w }): Code => (isShared ? literal(key) : { kind: 'list', items: [literal(key), literal(w)] }),
  );
  return call(names.use('panelproof', 'row'), literal(first.h), ...cells);
}

function asGrid(band: readonly Placed[], names: Names): Code {
  const top = Math.min(...band.map(({ y }) => y));
  const entries = band.map(({ key, x, y, w, h }): [string, Code] => [
    key,
    { kind: 'list', items: [x, y - top, w, h].map((number) => text(String(number))) },
  ]);
  return call(names.use('panelproof', 'grid'), { kind: 'object', entries, isOpen: entries.length > 2 });
}
