import type { Panel } from '../../model/dashboard.ts';
import { element, escapeXml } from '../draw/svg.ts';
import { fitted, textAt, textWidth } from '../draw/text.ts';
import { THEMES, type Theme } from '../draw/theme.ts';
import { fieldOptions } from '../field/field-options.ts';
import type { Box, DrawnPanel, Series, ThemeName, TimeRange } from '../model.ts';
import { barsLeftOut, drawBarChart } from './bar-chart.ts';
import { drawBarGauge } from './bar-gauge.ts';
import { drawGauge } from './gauge.ts';
import { drawHeatmap } from './heatmap.ts';
import { drawHistogram, histogramsLeftOut } from './histogram.ts';
import { drawLogs } from './logs.ts';
import { drawMessage } from './message.ts';
import type { PanelDrawing, SeriesDrawing } from './panel-drawing.ts';
import { drawPieChart } from './pie-chart.ts';
import { MOST_VALUES } from './reduced-values.ts';
import { drawStat } from './stat.ts';
import { drawTable } from './table.ts';
import { drawText } from './text-panel.ts';
import { drawTimeSeries, MOST_LINES } from './time-series.ts';
import { drawStateTimeline, drawStatusHistory, rowsOfPage } from './timeline.ts';

/** Height of a panel's title. */
const HEADER = 32;
const PADDING = 8;

/** What drawing a panel needs besides the panel. */
export interface DrawContext {
  readonly theme: ThemeName;
  readonly range: TimeRange;
}

/** One panel as an SVG group: frame, title, content, and what is to be said about it. */
export function drawPanel(
  { panel, box, data, findings }: DrawnPanel,
  { theme: name, range }: DrawContext,
): string {
  const theme = THEMES[name];
  const id = elementId(panel);
  const hasHeader = panel.title !== '' || panel.type !== 'text';
  const header = panel.title === '' && findings.length === 0 ? (hasHeader ? 8 : 0) : HEADER;
  const isBare = panel.json.transparent === true;
  const content = {
    x: box.x + 1,
    y: box.y + header + 1,
    width: Math.max(1, box.width - 2),
    height: Math.max(1, box.height - header - 2),
  };
  const parts = [
    element('rect', {
      x: box.x + 0.5,
      y: box.y + 0.5,
      width: box.width - 1,
      height: box.height - 1,
      rx: 2,
      fill: isBare ? 'none' : theme.panel,
      stroke: findings.length > 0 ? theme.warning : isBare ? 'none' : theme.border,
    }),
    drawHeader(panel.title, panel.json.description, findings, box, theme),
    drawContent({ panel, box: content, data, theme, range, id: `${id}-c` }),
  ];
  // Its own viewport: nothing that data says can leave the panel, whatever font draws it. In the bundled font only what
  // is drawn in too little space could; a PNG goes without the others.
  const frame = `${id}-${content.height < 70 || content.width < 100 ? 'tight' : 'frame'}`;
  const clip = element('clipPath', { id: frame }, element('rect', { ...box }));
  return element(
    'g',
    { id, 'data-panel': String(panel.id ?? id), 'clip-path': `url(#${frame})` },
    `${clip}${element('title', {}, titleOf(panel.title, panel.json.description, findings))}${parts.join('')}`,
  );
}

/** The id of a panel's element in a picture. */
export function elementId({ path }: Panel): string {
  return `p${path.join('-')}`;
}

function titleOf(title: string, description: unknown, findings: readonly string[]): string {
  return escapeXml(
    [title, ...(typeof description === 'string' ? [description] : []), ...findings].join('\n'),
  );
}

function drawHeader(
  title: string,
  description: unknown,
  findings: readonly string[],
  box: Box,
  theme: Theme,
): string {
  const y = box.y + 1 + HEADER / 2;
  const hasDescription = typeof description === 'string' && description !== '';
  const room = box.width - 2 * PADDING - 2 - (hasDescription ? 22 : 0) - (findings.length > 0 ? 22 : 0);
  const shown = fitted(title, room, 14, 500);
  const parts = [textAt(shown, box.x + PADDING + 1, y, { size: 14, color: theme.text, weight: 500 })];
  if (title === '' && findings.length === 0) return '';
  let x = box.x + PADDING + 1 + textWidth(shown, 14, 500) + 14;
  if (hasDescription && title !== '') {
    parts.push(
      element('circle', { cx: x, cy: y, r: 6.5, fill: 'none', stroke: theme.secondary }),
      textAt('i', x, y, { size: 10, color: theme.secondary, weight: 500, anchor: 'middle' }),
    );
    x += 20;
  }
  if (findings.length > 0)
    parts.push(
      element('path', { d: `M${x} ${y - 7}l7.5 13h-15z`, fill: theme.warning }),
      textAt('!', x, y + 1.5, { size: 10, color: theme.panel, weight: 500, anchor: 'middle' }),
    );
  return parts.join('');
}

function drawContent(drawing: PanelDrawing): string {
  const { data, panel } = drawing;
  // No line of text fits.
  if (drawing.box.height < 16 || drawing.box.width < 16) return '';
  switch (data.kind) {
    case 'error':
      return drawMessage(drawing, data.message, drawing.theme.error);
    case 'empty':
      return drawMessage(drawing, [fieldOptions(panel).noValue ?? 'No data', ...data.notes].join('\n'));
    case 'logs':
      return panel.type === 'logs' || panel.type === 'table'
        ? drawLogs(drawing, data.lines)
        : drawMessage(drawing, 'Log lines, which this kind of panel does not show');
    case 'none':
      if (panel.type === 'text') return drawText(drawing);
      return Object.hasOwn(DRAWERS, panel.type) ? drawMessage(drawing, 'No data') : drawUnknown(drawing);
    case 'series': {
      const draw = Object.hasOwn(DRAWERS, panel.type) ? DRAWERS[panel.type] : undefined;
      if (!draw) return drawUnknown(drawing);
      return drawNotes(drawing, data.series, data.notes, draw);
    }
    default:
      return data satisfies never;
  }
}

const DRAWERS: Readonly<Record<string, (drawing: SeriesDrawing) => string>> = {
  stat: drawStat,
  singlestat: drawStat,
  timeseries: drawTimeSeries,
  graph: drawTimeSeries,
  bargauge: drawBarGauge,
  gauge: drawGauge,
  table: drawTable,
  heatmap: drawHeatmap,
  piechart: drawPieChart,
  barchart: drawBarChart,
  histogram: drawHistogram,
  'state-timeline': drawStateTimeline,
  'status-history': drawStatusHistory,
};

/** What is said of a panel that is too large to be drawn as a whole, by its type. */
const LEFT_OUT: ReadonlyMap<string, (drawing: SeriesDrawing) => string | undefined> = new Map([
  ['timeseries', (drawing) => partOf(drawing, MOST_LINES)],
  ['piechart', (drawing) => partOf(drawing, MOST_VALUES)],
  ['barchart', barsLeftOut],
  ['histogram', histogramsLeftOut],
  ['state-timeline', (drawing) => partOf(drawing, rowsOfPage(drawing.panel.json.options))],
  ['status-history', (drawing) => partOf(drawing, rowsOfPage(drawing.panel.json.options))],
]);

function partOf({ series }: SeriesDrawing, most: number): string | undefined {
  return series.length > most ? `${most} of ${series.length} series are drawn` : undefined;
}

/** The content, and one line below it where something had to be left out. */
function drawNotes(
  drawing: PanelDrawing,
  series: readonly Series[],
  notes: readonly string[],
  draw: (drawing: SeriesDrawing) => string,
): string {
  const { box, theme, panel } = drawing;
  const leftOut = LEFT_OUT.get(panel.type)?.({ ...drawing, series });
  const all = leftOut === undefined ? notes : [...notes, leftOut];
  if (all.length === 0) return draw({ ...drawing, series });
  const note = fitted(all.join('; '), box.width - 2 * PADDING, 11);
  const smaller = { ...box, height: Math.max(1, box.height - 16) };
  return (
    draw({ ...drawing, box: smaller, series }) +
    textAt(note, box.x + PADDING, box.y + box.height - 10, { size: 11, color: theme.secondary })
  );
}

function drawUnknown(drawing: PanelDrawing): string {
  const { type } = drawing.panel;
  return drawMessage(
    drawing,
    type === '' ? 'A panel without a type' : `A panel of type ${type}, which a preview does not draw`,
  );
}
