import { overlaps } from '../draw/boxes.ts';
import { textAt, textWidth } from '../draw/text.ts';
import { displayValue } from '../field/display-value.ts';
import { number, object } from '../field/json.ts';
import { plainText } from '../format/format-value.ts';
import type { Box } from '../model.ts';
import type { BarPlace } from './bar-places.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import type { PlottedSeries } from './plotted-series.ts';

/** Pixels. Smaller numbers are drawn only where the panel says `always`. */
const [SMALLEST, LARGEST] = [8, 30];
/** How much of a bar's width, or of a lying bar's height, its number takes. */
const PART = 0.65;

/** Where bars are. */
export interface DrawnBars {
  readonly boxOf: (bar: BarPlace) => Box;
  readonly plot: Box;
  readonly isUpright: boolean;
  /** Whether bars are shares of their group. */
  readonly isPercent: boolean;
}

/** The values at the ends of bars, all of one size: as large as the bar and the space beyond it let the largest be. */
export function barTexts(
  { panel, theme }: SeriesDrawing,
  lines: readonly PlottedSeries[],
  bars: readonly BarPlace[],
  { boxOf, plot, isUpright, isPercent }: DrawnBars,
): string[] {
  const options = object(panel.json.options);
  if (options.showValue === 'never') return [];
  const context = { theme: theme.name, index: 0, range: [0, 1] } as const;
  const texts = bars.map((bar) => {
    const field = lines[bar.field]?.options;
    const own = field && isPercent ? { ...field, unit: 'percentunit' } : field;
    const value = isPercent ? bar.to - bar.from : bar.value;
    return own ? plainText(displayValue(value, own, context).formatted) : '';
  });
  const boxes = bars.map(boxOf);
  const offset = Math.min(
    isUpright ? 5 : 10,
    ...boxes.map(({ width, height }) => Math.round(isUpright ? 0.1 * width : 0.15 * height)),
  );
  const free = (box: Box, value: number) =>
    isUpright
      ? value < 0
        ? plot.y + plot.height - box.y - box.height
        : box.y - plot.y + 12
      : value < 0
        ? box.x - plot.x
        : plot.x + plot.width - box.x - box.width;
  const fixed = number(object(options.text).valueSize);
  let size = fixed === undefined ? LARGEST : Math.min(60, Math.max(1, fixed));
  if (fixed === undefined)
    for (const [index, { value }] of bars.entries()) {
      const box = boxes[index];
      if (!box) continue;
      const room = free(box, value) - offset;
      const [across, along] = isUpright ? [box.width * PART, room] : [room, box.height * PART];
      size = Math.min(size, across / (textWidth(texts[index] ?? '', 1) || 1), along);
    }
  size = Math.round(size);
  if (size < SMALLEST && (options.showValue !== 'always' || size < 1)) return [];
  const taken: Box[] = [];
  return bars.flatMap(({ value }, index) => {
    const text = texts[index] ?? '';
    const box = boxes[index] ?? plot;
    const isDown = value < 0;
    const anchor = isUpright ? 'middle' : isDown ? 'end' : 'start';
    const x = isUpright ? box.x + box.width / 2 : isDown ? box.x - offset : box.x + box.width + offset;
    const y = isUpright
      ? isDown
        ? box.y + box.height + offset + size / 2
        : box.y - offset - size / 2
      : box.y + box.height / 2;
    const width = textWidth(text, size);
    const left = { start: x, middle: x - width / 2, end: x - width }[anchor];
    const place = { x: left, y: y - 0.4 * size, width, height: 0.8 * size };
    // Those of thin parts of a stack would lie upon each other.
    if (options.showValue !== 'always' && taken.some((other) => overlaps(place, other))) return [];
    taken.push(place);
    return [textAt(text, x, y, { size, color: theme.text, anchor })];
  });
}
