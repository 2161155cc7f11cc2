import { element } from '../draw/svg.ts';
import { fitted, textAt, textWidth } from '../draw/text.ts';
import type { Theme } from '../draw/theme.ts';
import type { Box } from '../model.ts';

/** One entry of a legend. */
export interface LegendItem {
  readonly name: string;
  readonly color: string;
  /** Calculated values, in the order of the legend's columns. */
  readonly values: readonly string[];
}

/** What a legend looks like. */
export interface LegendOptions {
  readonly mode: 'list' | 'table';
  readonly placement: 'bottom' | 'right';
  /** Headers of the calculated values; `''` shows the values alone. */
  readonly columns: readonly string[];
}

/** A drawn legend, and the box that is left for the chart. */
export interface DrawnLegend {
  readonly svg: string;
  readonly rest: Box;
}

const SIZE = 12;
const LINE = 23;
const ICON = 14;
/** Between a list's entries. */
const GAP = 10;
const INSET = 12;

/** Draws a legend below or beside a chart. What does not fit is counted in its last entry, where Grafana would scroll. */
export function drawLegend(
  items: readonly LegendItem[],
  options: LegendOptions,
  box: Box,
  theme: Theme,
): DrawnLegend {
  if (items.length === 0 || box.height < 70) return { svg: '', rest: box };
  const isRight = options.placement === 'right' && box.width > 240;
  const fitting = withFittingColumns(items, options, (isRight ? 0.5 : 1) * box.width - 2 * INSET);
  return isRight
    ? rightLegend(fitting.items, fitting.options, box, theme)
    : bottomLegend(fitting.items, fitting.options, box, theme);
}

/** Names are what a legend is for: columns are left out, from the left, until half of the width is theirs. */
function withFittingColumns(items: readonly LegendItem[], options: LegendOptions, width: number) {
  if (options.mode === 'list') return { items, options };
  const shown = items.slice(0, 200);
  const widths = columnWidths([...shown.map((item) => [item])], options);
  const names = Math.max(...shown.map(({ name }) => ICON + 8 + textWidth(name, SIZE)));
  let from = 0;
  while (from < widths.length && width - sum(widths.slice(from)) < Math.min(names, width / 2)) from++;
  return {
    items: items.map((item) => ({ ...item, values: item.values.slice(from) })),
    options: { ...options, columns: options.columns.slice(from) },
  };
}

function bottomLegend(
  items: readonly LegendItem[],
  options: LegendOptions,
  box: Box,
  theme: Theme,
): DrawnLegend {
  const lines =
    options.mode === 'table' ? tableLines(items, options) : listLines(items, options, box.width - 2 * INSET);
  const fitting = Math.max(1, Math.floor((box.height * 0.35) / LINE));
  const shown = cut(lines, fitting, options.mode === 'table');
  const top = box.y + box.height - shown.length * LINE - 3;
  const svg = draw(shown, options, { ...box, x: box.x + INSET, y: top, width: box.width - 2 * INSET }, theme);
  return { svg, rest: { ...box, height: top - box.y - 4 } };
}

function rightLegend(
  items: readonly LegendItem[],
  options: LegendOptions,
  box: Box,
  theme: Theme,
): DrawnLegend {
  const lines = options.mode === 'table' ? tableLines(items, options) : items.map((item) => [item]);
  const fitting = Math.max(2, Math.floor((box.height - 16) / LINE));
  const shown = cut(lines, fitting, true);
  const wanted = Math.max(...items.slice(0, 200).map((item) => 4 + itemWidth(item, options)));
  const columns = columnWidths(shown, options);
  const width = Math.min(box.width * 0.5, wanted + sum(columns) + 8);
  const x = box.x + box.width - width - 8;
  const svg = draw(shown, options, { x, y: box.y + 8, width, height: box.height }, theme);
  return { svg, rest: { ...box, width: box.width - width - 16 } };
}

/** Entries that share a line; undefined is a table's header. A text alone counts what was left out. */
type Line = readonly LegendItem[] | 'header' | { readonly left: number };

function listLines(items: readonly LegendItem[], options: LegendOptions, width: number): Line[] {
  const lines: LegendItem[][] = [];
  let x = 0;
  for (const item of items) {
    const needed = itemWidth(item, options) + GAP;
    if (lines.length === 0 || x + needed - GAP > width) {
      lines.push([]);
      x = 0;
    }
    lines[lines.length - 1]?.push(item);
    x += needed;
    if (lines.length > 100) break;
  }
  const counted = lines.reduce((total, line) => total + line.length, 0);
  return counted < items.length ? [...lines, { left: items.length - counted }] : lines;
}

function tableLines(items: readonly LegendItem[], { columns }: LegendOptions): Line[] {
  return [...(columns.length > 0 ? (['header'] as const) : []), ...items.map((item) => [item])];
}

function cut(lines: readonly Line[], fitting: number, isTable: boolean): readonly Line[] {
  if (lines.length <= fitting) return lines;
  const kept = lines.slice(0, Math.max(isTable ? 1 : 0, fitting - 1));
  const left = lines
    .slice(kept.length)
    .reduce((count, line) => count + (Array.isArray(line) ? line.length : 0), 0);
  return [...kept, { left }];
}

function listValues(item: LegendItem, { columns }: LegendOptions): string {
  return columns
    .map((column, index) => `  ${column === '' ? '' : `${column}: `}${item.values[index] ?? ''}`)
    .join('');
}

function itemWidth(item: LegendItem, options: LegendOptions): number {
  return ICON + 8 + textWidth(item.name + (options.mode === 'list' ? listValues(item, options) : ''), SIZE);
}

function columnWidths(lines: readonly Line[], { columns, mode }: LegendOptions): number[] {
  if (mode === 'list') return [];
  return columns.map(
    (column, index) =>
      Math.max(
        textWidth(column, SIZE, 500),
        ...lines.map((line) => (Array.isArray(line) ? textWidth(line[0]?.values[index] ?? '', SIZE) : 0)),
      ) + 16,
  );
}

function draw(lines: readonly Line[], options: LegendOptions, box: Box, theme: Theme): string {
  const columns = columnWidths(lines, options);
  const nameWidth = box.width - sum(columns);
  const numbers = (texts: readonly string[], y: number, weight: 400 | 500, color: string) =>
    texts.map((value, index) =>
      textAt(value, box.x + nameWidth + sum(columns.slice(0, index + 1)), y, {
        size: SIZE,
        color,
        weight,
        anchor: 'end',
      }),
    );
  return lines
    .flatMap((line, row) => {
      const y = box.y + row * LINE + LINE / 2;
      if (line === 'header')
        return [
          textAt('Name', box.x, y, { size: SIZE, color: theme.link, weight: 500 }),
          ...numbers(columns.length > 0 ? options.columns : [], y, 500, theme.link),
        ];
      if ('left' in line)
        return [textAt(`+ ${line.left} more`, box.x, y, { size: SIZE, color: theme.secondary })];
      let x = box.x;
      return line.flatMap((item) => {
        const label = item.name + (options.mode === 'list' ? listValues(item, options) : '');
        const room = (options.mode === 'list' ? box.x + box.width - x : nameWidth) - ICON - 8;
        const parts = [
          element('rect', { x, y: y - 2, width: ICON, height: 4, rx: 2, fill: item.color }),
          textAt(fitted(label, room, SIZE), x + ICON + 8, y, { size: SIZE, color: theme.text }),
          ...(options.mode === 'table' ? numbers(item.values, y, 400, theme.text) : []),
        ];
        x += itemWidth(item, options) + GAP;
        return parts;
      });
    })
    .join('');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
