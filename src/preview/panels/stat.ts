import { chartSvg } from '../draw/chart-svg.ts';
import { areWithin, drawable } from '../draw/scales.ts';
import { element, escapeXml } from '../draw/svg.ts';
import { fitted, textAt, textWidth } from '../draw/text.ts';
import { type DisplayedValue, displayValue } from '../field/display-value.ts';
import { fieldOptions } from '../field/field-options.ts';
import { object } from '../field/json.ts';
import type { Box, Series } from '../model.ts';
import { bigValueLayout, LINE_HEIGHT } from './big-value-layout.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { reducedValues, valueCells } from './reduced-values.ts';

/** How much smaller than the number its unit is. */
const UNIT_SIZE = 0.6;
/** Between number and unit, in font sizes of the number. */
const GAP = 0.1;

/** One large number for each series, over a faint line of its course. */
export function drawStat(drawing: SeriesDrawing): string {
  const options = object(drawing.panel.json.options);
  const values = reducedValues(drawing);
  const cells = valueCells(drawing.box, values.length, String(options.orientation ?? 'auto'));
  const mode = String(options.textMode ?? 'auto');
  return values
    .slice(0, cells.length)
    .map(({ series, value, context }, index) => {
      const field = fieldOptions(drawing.panel, series);
      const shown = displayValue(value, field, context);
      const box = cells[index] ?? drawing.box;
      const hasName = mode === 'name' || mode === 'value_and_name' || (mode === 'auto' && values.length > 1);
      const blank: DisplayedValue = { ...shown, formatted: { text: '' } };
      return drawBigValue(drawing, box, series, {
        id: `${drawing.id}-${index}`,
        name: hasName ? (field.displayName ?? series.name) : '',
        shown: mode === 'name' || mode === 'none' ? blank : shown,
        justify: options.justifyMode !== 'center' && hasName && mode !== 'name' ? 'sides' : 'center',
      });
    })
    .join('');
}

interface BigValue {
  readonly id: string;
  readonly name: string;
  readonly shown: DisplayedValue;
  readonly justify: 'center' | 'sides';
}

function drawBigValue(
  drawing: SeriesDrawing,
  box: Box,
  series: Series,
  { id, name, shown, justify }: BigValue,
): string {
  const options = object(drawing.panel.json.options);
  const { theme } = drawing;
  const isFilled = String(options.colorMode).startsWith('background');
  const numbers = series.values.filter((value) => drawable(value) !== null);
  const hasChart = (options.graphMode ?? 'area') === 'area' && numbers.length > 1;
  const layout = bigValueLayout(box, {
    name,
    value: shown.formatted,
    hasChart,
    wide: options.wideLayout !== false,
  });
  const valueColor = isFilled ? '#ffffff' : options.colorMode === 'none' ? theme.text : shown.color;
  const parts: string[] = [];
  if (isFilled) parts.push(element('rect', { ...box, rx: 2, fill: shown.color }));
  if (hasChart)
    parts.push(
      sparkline(drawing, series, id, isFilled ? '#ffffff' : shown.color, {
        x: box.x,
        y: box.y + box.height - layout.chartHeight,
        width: box.width,
        height: layout.chartHeight,
      }),
    );
  const left = box.x + layout.padding;
  const right = box.x + box.width - layout.padding;
  const middle = box.x + box.width / 2;
  const nameColor = isFilled ? '#ffffff' : theme.text;
  const nameStyle = { size: layout.nameSize, color: nameColor };
  if (layout.isWide) {
    const y = box.y + box.height / 2;
    const nameWidth = right - left - bigTextWidth(shown, layout.valueSize) - 8;
    if (name !== '') parts.push(textAt(fitted(name, nameWidth, layout.nameSize), left, y, nameStyle));
    parts.push(
      bigText(
        shown,
        name === '' ? 'middle' : 'end',
        name === '' ? middle : right,
        y,
        layout.valueSize,
        valueColor,
      ),
    );
    return parts.join('');
  }
  const free = box.height - layout.chartHeight - (layout.nameSize + layout.valueSize) * LINE_HEIGHT;
  let y = box.y + (hasChart ? layout.padding : Math.max(0, free / 2));
  const anchor = justify === 'sides' && box.width > 0 && name !== '' && hasChart ? 'start' : 'middle';
  const x = anchor === 'start' ? left : middle;
  if (name !== '') {
    parts.push(
      textAt(fitted(name, right - left, layout.nameSize), x, y + (layout.nameSize * LINE_HEIGHT) / 2, {
        ...nameStyle,
        anchor,
      }),
    );
    y += layout.nameSize * LINE_HEIGHT;
  }
  parts.push(
    bigText(shown, anchor, x, y + (layout.valueSize * LINE_HEIGHT) / 2, layout.valueSize, valueColor),
  );
  return parts.join('');
}

function bigTextWidth(
  { formatted: { prefix = '', text, suffix = '' } }: DisplayedValue,
  size: number,
): number {
  return (
    textWidth(text, size, 500) +
    [prefix, suffix].reduce(
      (width, part) =>
        width + (part.trim() === '' ? 0 : textWidth(part.trim(), size * UNIT_SIZE, 500) + GAP * size),
      0,
    )
  );
}

/** The number with its smaller prefix and suffix: one text, so that their distance is the font's. */
function bigText(
  { formatted: { prefix = '', text, suffix = '' } }: DisplayedValue,
  anchor: 'start' | 'middle' | 'end',
  x: number,
  y: number,
  size: number,
  color: string,
): string {
  const small = (part: string, gap: number) =>
    part.trim() === ''
      ? ''
      : element('tspan', { 'font-size': size * UNIT_SIZE, dx: gap || undefined }, escapeXml(part.trim()));
  const number = text === '' ? '' : element('tspan', { 'font-size': size }, escapeXml(text));
  const content = small(prefix, 0) + number + small(suffix, Math.max(2, GAP * size));
  if (content === '') return '';
  return element(
    'text',
    { x, y: y + 0.364 * size, 'font-weight': 500, 'text-anchor': anchor, fill: color },
    content,
  );
}

function sparkline({ range }: SeriesDrawing, series: Series, id: string, color: string, box: Box): string {
  const points = series.times.map((time, index) => [time, drawable(series.values[index])]);
  return chartSvg(
    {
      grid: { left: 0, right: 0, top: 1, bottom: 0 },
      xAxis: { type: 'value', show: false, min: range.from, max: range.to },
      yAxis: { type: 'value', show: false, ...sparkRange(series) },
      series: [
        {
          type: 'line',
          data: points,
          showSymbol: false,
          sampling: points.length > 2000 ? 'lttb' : undefined,
          lineStyle: { width: 1, color },
          areaStyle: { color, opacity: 0.2, origin: 'start' },
          itemStyle: { color },
        },
      ],
    },
    box,
    id,
    !areWithin(series.times, range),
  );
}

/** From the lowest value at the bottom to the highest at the top; a value that never changes stands in the middle. */
function sparkRange({ values }: Series): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value === null || drawable(value) === null) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return min < max ? { min, max } : { min: min - 1, max: max + 1 };
}
