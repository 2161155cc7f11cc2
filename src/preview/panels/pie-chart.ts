import { overlaps } from '../draw/boxes.ts';
import { shifted } from '../draw/colors.ts';
import { element } from '../draw/svg.ts';
import { fitted, textAt, textWidth } from '../draw/text.ts';
import type { Theme } from '../draw/theme.ts';
import { displayValue } from '../field/display-value.ts';
import { type FieldOptions, fieldOptions } from '../field/field-options.ts';
import { list, object } from '../field/json.ts';
import { plainText } from '../format/format-value.ts';
import type { Box } from '../model.ts';
import { LINE_HEIGHT } from './big-value-layout.ts';
import { drawMessage } from './message.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { type PieSlice, pieShares, pieSlices, slicePath, sortedByValue } from './pie-slices.ts';
import { reducedValues } from './reduced-values.ts';
import { drawPanelLegend } from './series-legend.ts';

/** Around the pie. */
const MARGIN = 16;
/** Smaller slices than these have no label. Radians. */
const LEAST_LABELLED = 0.3;

interface PieValue {
  readonly name: string;
  readonly value: number | null | undefined;
  readonly text: string;
  readonly color: string;
  readonly options: FieldOptions;
}

/** One slice for each series, or for each value, with its labels and the legend. */
export function drawPieChart(drawing: SeriesDrawing): string {
  const { panel, box, theme } = drawing;
  const options = object(panel.json.options);
  const values = sortedByValue(pieValues(drawing), options.sort);
  const drawn = values.filter(({ options: { custom } }) => object(custom.hideFrom).viz !== true);
  const slices = pieSlices(drawn);
  const drawnShares = pieShares(drawn);
  const shares = new Map(drawn.map((value, index) => [value, drawnShares[index]]));
  const columns = legendColumns(drawing);
  const items = values
    .filter(({ options: { custom } }) => object(custom.hideFrom).legend !== true)
    .map((value) => {
      const texts = columns.map((column) =>
        column === 'Value' ? value.text : percent(shares.get(value), value.options),
      );
      return { name: value.name, color: value.color, values: texts };
    });
  // A percentage that is alone needs no name.
  const headers = columns.length > 1 ? columns : columns.map((column) => (column === 'Value' ? column : ''));
  const inner = { ...box, height: Math.max(1, box.height - 4) };
  const { svg, rest } = drawPanelLegend(drawing, items, headers, inner, theme);
  if (slices.length === 0) return svg + drawMessage({ ...drawing, box: rest }, 'No value above 0');
  return svg + drawPie(drawing, slices, shares, rest);
}

function pieValues(drawing: SeriesDrawing): PieValue[] {
  return reducedValues(drawing).map(({ series, value, context }) => {
    const options = fieldOptions(drawing.panel, series);
    const { formatted, color } = displayValue(value, options, context);
    return { name: options.displayName ?? series.name, value, text: plainText(formatted), color, options };
  });
}

function legendColumns({ panel }: SeriesDrawing): ('Value' | 'Percent')[] {
  const shown = list(object(object(panel.json.options).legend).values);
  return [
    ...(shown.includes('value') ? (['Value'] as const) : []),
    ...(shown.includes('percent') ? (['Percent'] as const) : []),
  ];
}

function percent(share: number | undefined, { decimals, noValue }: FieldOptions): string {
  if (share === undefined) return noValue ?? '-';
  return `${(100 * share).toFixed(clamp(Math.trunc(decimals ?? 0), 0, 20))}%`;
}

function drawPie(
  drawing: SeriesDrawing,
  slices: readonly PieSlice<PieValue>[],
  shares: ReadonlyMap<PieValue, number | undefined>,
  box: Box,
): string {
  const { panel, theme, id } = drawing;
  const { pieType, displayLabels } = object(panel.json.options);
  const size = Math.min(box.width, box.height);
  const outer = Math.max(2, size / 2 - Math.min(MARGIN, size / 6));
  const inner = pieType === 'donut' ? outer - Math.min(outer * 0.8, Math.max(outer / 3, 20)) : 0;
  const center = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const fills = [...new Set(slices.map(({ item }) => item.color))];
  const parts = slices.map((slice) =>
    element('path', {
      d: slicePath(slice, { ...center, outer, inner }),
      fill: `url(#${id}-${fills.indexOf(slice.item.color)})`,
      stroke: slices.length > 1 ? theme.panel : undefined,
      'stroke-linejoin': 'round',
    }),
  );
  const shown = list(displayLabels);
  const taken: Box[] = [];
  const labels = slices.flatMap(({ item, from, to }) => {
    if (to - from < LEAST_LABELLED) return [];
    const lines = [
      ...(shown.includes('name') ? [item.name] : []),
      ...(shown.includes('value') ? [item.text] : []),
      ...(shown.includes('percent') ? [percent(shares.get(item), item.options)] : []),
    ];
    const radius = (outer + (inner === 0 ? outer / 6 : inner)) / 2;
    const x = center.x + radius * Math.sin((from + to) / 2);
    const y = center.y - radius * Math.cos((from + to) / 2);
    const size = shown.includes('name')
      ? clamp((outer / 150) * 14, 12, 30)
      : clamp((outer / 100) * 14, 12, 36);
    const side = Math.min(x - box.x, box.x + box.width - x) - 4;
    const texts = lines.map((line) => fitted(line, Math.min(2 * side, outer), size, 500));
    const width = Math.max(...texts.map((text) => textWidth(text, size, 500)));
    const height = texts.length * size * LINE_HEIGHT;
    const place = { x: x - width / 2, y: y - height / 2, width, height };
    // Labels upon each other could not be read.
    if (!isWithin(place, box) || taken.some((other) => overlaps(place, other))) return [];
    taken.push(place);
    return texts.map((text, index) =>
      textAt(text, x, place.y + (index + 0.5) * size * LINE_HEIGHT, {
        size,
        color: theme.text,
        weight: 500,
        anchor: 'middle',
      }),
    );
  });
  return [
    element(
      'defs',
      {},
      fills
        .map((color, index) => gradient(color, `${id}-${index}`, { ...center, outer, inner }, theme))
        .join(''),
    ),
    ...parts,
    ...labels,
  ].join('');
}

/** Grafana's slices are a little darker, in the light theme lighter, towards their middle. */
function gradient(
  color: string,
  id: string,
  { x, y, outer, inner }: { x: number; y: number; outer: number; inner: number },
  theme: Theme,
): string {
  const sign = theme.name === 'dark' ? -1 : 0.7;
  return element(
    'radialGradient',
    { id, gradientUnits: 'userSpaceOnUse', cx: x, cy: y, r: outer },
    element('stop', { offset: inner / outer, 'stop-color': shifted(color, 0.2 * sign, 4) }) +
      element('stop', { offset: 1, 'stop-color': shifted(color, 0.1 * sign, -4) }),
  );
}

function isWithin(inner: Box, outer: Box): boolean {
  return inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
