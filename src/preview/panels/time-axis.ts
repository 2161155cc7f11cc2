import { timeTicks } from '../draw/scales.ts';
import { textAt, textWidth } from '../draw/text.ts';
import type { Box, TimeRange } from '../model.ts';
import type { PanelDrawing } from './panel-drawing.ts';

const SIZE = 12;

/** Labels below a plot, at the moments that `timeTicks` gives; those that would leave the panel are left out. */
export function timeAxisTexts(
  { theme, box }: PanelDrawing,
  plot: Box,
  range: TimeRange,
  ticks = timeTicks(range, plot.width),
): string[] {
  return ticks.flatMap(({ time, text }) => {
    const x = plot.x + ((time - range.from) / (range.to - range.from || 1)) * plot.width;
    const half = textWidth(text, SIZE) / 2;
    const fits = x - half >= box.x && x + half <= box.x + box.width - 4;
    return fits
      ? [textAt(text, x, plot.y + plot.height + 15, { size: SIZE, color: theme.text, anchor: 'middle' })]
      : [];
  });
}
