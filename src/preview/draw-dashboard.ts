import type { Dashboard } from '../model/dashboard.ts';
import { element, escapeXml } from './draw/svg.ts';
import { FONT_FAMILY, fitted, textAt, textWidth } from './draw/text.ts';
import { THEMES } from './draw/theme.ts';
import { layoutDashboard, type Placed } from './grid-layout.ts';
import type { DrawnPanel, PanelData, ThemeName, TimeRange } from './model.ts';
import { drawPanel } from './panels/draw-panel.ts';

/** How a dashboard is drawn. */
export interface PictureOptions {
  /** Pixels. */
  readonly width: number;
  readonly theme: ThemeName;
  readonly range: TimeRange;
  /** Where the data comes from, such as `sample data`; stands at the top. */
  readonly source: string;
  /** Findings of a panel, by the panel's path. */
  readonly findingsOf?: (path: string) => readonly string[];
  /** Panels that stand out, by the panel's path: those that changed. */
  readonly isMarked?: (path: string) => boolean;
  /** Default: each panel is drawn anew. */
  readonly drawPanel?: typeof drawPanel;
}

/** Height of what stands above the panels. */
const TOP = 56;

/** A whole dashboard as an SVG document. The same input gives the same bytes on every machine. */
export function drawDashboard(
  dashboard: Dashboard,
  dataOf: (panelPath: string) => PanelData,
  options: PictureOptions,
): string {
  const { width, theme: themeName, range, source } = options;
  const theme = THEMES[themeName];
  const layout = layoutDashboard(dashboard, width, TOP);
  const panels = layout.panels.map(({ panel, box }): DrawnPanel => {
    const path = panel.path.join('/');
    return { panel, box, data: dataOf(path), findings: options.findingsOf?.(path) ?? [] };
  });
  const content = [
    element('title', {}, escapeXml(dashboard.title) || ' '),
    element('rect', { width, height: layout.height, fill: theme.canvas }),
    drawTop(dashboard.title, `${timeText(range)} · ${source}`, width, theme),
    ...layout.rows.map((row) => drawRow(row, theme)),
    ...panels.map((panel) => (options.drawPanel ?? drawPanel)(panel, { theme: themeName, range })),
    ...panels
      .filter(({ panel }) => options.isMarked?.(panel.path.join('/')))
      .map(({ box }) =>
        element('rect', { ...box, rx: 2, fill: 'none', stroke: theme.warning, 'stroke-width': 3 }),
      ),
  ].join('\n');
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      'xmlns:xlink': 'http://www.w3.org/1999/xlink',
      width,
      height: layout.height,
      viewBox: `0 0 ${width} ${layout.height}`,
      'font-family': FONT_FAMILY,
    },
    `\n${content}\n`,
  )}\n`;
}

function drawTop(title: string, note: string, width: number, theme: (typeof THEMES)['dark']): string {
  const shownNote = fitted(note, width * 0.5, 12);
  const room = width - 48 - textWidth(shownNote, 12);
  return [
    textAt(fitted(title, room, 18, 500), 16, TOP / 2, { size: 18, color: theme.text, weight: 500 }),
    textAt(shownNote, width - 16, TOP / 2, { size: 12, color: theme.secondary, anchor: 'end' }),
  ].join('');
}

function drawRow({ panel, box }: Placed, theme: (typeof THEMES)['dark']): string {
  const isCollapsed = panel.json.collapsed === true;
  const count = Array.isArray(panel.json.panels) ? panel.json.panels.length : 0;
  const y = box.y + box.height / 2;
  const x = box.x + 8;
  const title = fitted(panel.title, box.width - 150, 16, 500);
  return [
    element('path', {
      d: isCollapsed ? `M${x - 2} ${y - 4}l5 4l-5 4` : `M${x - 4} ${y - 2}l4 5l4 -5`,
      fill: 'none',
      stroke: theme.text,
      'stroke-width': 1.5,
    }),
    textAt(title, x + 14, y, { size: 16, color: theme.text, weight: 500 }),
    isCollapsed
      ? textAt(`(${count} ${count === 1 ? 'panel' : 'panels'})`, x + 22 + textWidth(title, 16, 500), y, {
          size: 12,
          color: theme.secondary,
        })
      : '',
  ].join('');
}

/** `2026-01-01 11:45 to 12:00 UTC`. */
function timeText({ from, to, timeZone }: TimeRange): string {
  const write = (time: number) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(time);
  const [start, end] = [write(from), write(to)];
  const isSameDay = start.slice(0, 10) === end.slice(0, 10);
  return `${start} to ${isSameDay ? end.slice(11) : end} ${timeZone}`;
}
