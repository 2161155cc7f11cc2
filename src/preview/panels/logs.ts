import { zoneOffset } from '../draw/scales.ts';
import { element } from '../draw/svg.ts';
import { fitted, textAt } from '../draw/text.ts';
import { namedColor } from '../draw/theme.ts';
import { object } from '../field/json.ts';
import type { LogLine } from '../model.ts';
import type { PanelDrawing } from './panel-drawing.ts';

const LINE = 20;

/** The newest lines of a log, each with its time and a mark in the colour of its level. */
export function drawLogs({ panel, box, theme, range }: PanelDrawing, lines: readonly LogLine[]): string {
  const shown = [...lines]
    .sort((a, b) => b.time - a.time)
    .slice(0, Math.max(1, Math.floor((box.height - 8) / LINE)));
  return shown
    .map(({ time, text, labels }, index) => {
      const y = box.y + 4 + index * LINE + LINE / 2;
      const local = new Date(time + zoneOffset(time, range.timeZone));
      const stamp = Number.isNaN(local.getTime()) ? '' : local.toISOString().slice(0, 23).replace('T', ' ');
      const hasStamp = box.width > 320 && object(panel.json.options).showTime !== false;
      const left = box.x + 16 + (hasStamp ? 165 : 0);
      return [
        element('rect', {
          x: box.x + 8,
          y: y - 8,
          width: 3,
          height: 16,
          fill: levelColor(labels.level ?? labels.detected_level ?? '', theme.name),
        }),
        hasStamp ? textAt(stamp, box.x + 16, y, { size: 12, color: theme.secondary }) : '',
        textAt(fitted(text, box.x + box.width - left - 8, 12), left, y, { size: 12, color: theme.text }),
      ].join('');
    })
    .join('');
}

function levelColor(level: string, theme: 'dark' | 'light'): string {
  if (/^(?:err|crit|fatal|alert|emerg)/i.test(level)) return namedColor('red', theme);
  if (/^warn/i.test(level)) return namedColor('yellow', theme);
  return namedColor(/^info/i.test(level) ? 'green' : 'blue', theme);
}
