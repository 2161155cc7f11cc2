import { textAt, wrapped } from '../draw/text.ts';
import type { PanelDrawing } from './panel-drawing.ts';

const PADDING = 16;
const LINE = 20;

/** Text in the middle of the panel, as many lines as fit. */
export function drawMessage({ box, theme }: PanelDrawing, message: string, color = theme.secondary): string {
  const most = Math.max(1, Math.floor(box.height / LINE));
  const lines = wrapped(message, box.width - 2 * PADDING, 14, most);
  const top = box.y + box.height / 2 - ((lines.length - 1) * LINE) / 2;
  return lines
    .map((line, index) =>
      textAt(line, box.x + box.width / 2, top + index * LINE, { size: 14, color, anchor: 'middle' }),
    )
    .join('');
}
