import { textAt, wrapped } from '../draw/text.ts';
import { object } from '../field/json.ts';
import type { PanelDrawing } from './panel-drawing.ts';

const LINE = 21;

/** The words of a text panel. Markdown's headings are drawn as such; HTML is shown without its tags, and never run. */
export function drawText({ panel, box, theme }: PanelDrawing): string {
  const options = object(panel.json.options);
  const content = String(options.content ?? panel.json.content ?? '').slice(0, 20_000);
  const plain = (options.mode === 'html' ? content.replace(/<[^>]*>/g, ' ') : content)
    .replace(/\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)/g, '$1')
    .replace(/[*_`]{1,3}([^*_`\n]+)[*_`]{1,3}/g, '$1');
  const lines: string[] = [];
  let y = box.y + 8;
  for (const paragraph of plain.split('\n')) {
    const [, marks = '', words = paragraph] = /^(#{1,6})\s+(.*)$/.exec(paragraph) ?? [];
    const size = marks === '' ? 14 : Math.max(14, 26 - 3 * marks.length);
    for (const line of wrapped(words, box.width - 16, size, 200)) {
      y += (LINE * size) / 14;
      if (y > box.y + box.height) return lines.join('');
      lines.push(
        textAt(line, box.x + 8, y - (LINE * size) / 28, {
          size,
          color: theme.text,
          weight: marks === '' ? 400 : 500,
        }),
      );
    }
  }
  return lines.join('');
}
