import { element } from '../draw/svg.ts';
import { fitted, textAt, textWidth } from '../draw/text.ts';
import { bounds, displayValue } from '../field/display-value.ts';
import { fieldOptions } from '../field/field-options.ts';
import { object } from '../field/json.ts';
import { plainText } from '../format/format-value.ts';
import type { Box } from '../model.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { type ReducedValue, reducedValues } from './reduced-values.ts';

/** Pixels of a cell in the display mode `lcd`. */
const LCD = 20;

/** One bar for each series, from the lowest to the highest value or as configured. */
export function drawBarGauge(drawing: SeriesDrawing): string {
  const { box, panel } = drawing;
  const { orientation } = object(panel.json.options);
  const isHorizontal =
    orientation === 'horizontal' || (orientation !== 'vertical' && box.width <= box.height);
  const values = reducedValues(drawing);
  const inner = { x: box.x + 8, y: box.y + 8, width: box.width - 16, height: box.height - 16 };
  const length = isHorizontal ? inner.height : inner.width;
  const fitting = Math.max(1, Math.floor(length / (isHorizontal ? 16 : 24)));
  const shown = values.slice(0, fitting);
  const bars = shown.map((value) => barOf(drawing, value, shown));
  return isHorizontal ? horizontal(drawing, bars, inner) : vertical(drawing, bars, inner);
}

interface Bar {
  readonly name: string;
  readonly text: string;
  readonly color: string;
  /** From 0 to 1. */
  readonly share: number;
}

function barOf(
  { panel }: SeriesDrawing,
  { series, value, context }: ReducedValue,
  all: readonly ReducedValue[],
): Bar {
  const options = fieldOptions(panel, series);
  const highest = Math.max(...all.map((each) => (Number.isFinite(each.value) ? Number(each.value) : 0)));
  const lowest = Math.min(0, ...all.map((each) => (Number.isFinite(each.value) ? Number(each.value) : 0)));
  const [low, high] = bounds(options, { ...context, range: [lowest, highest] });
  const { formatted, color } = displayValue(value, options, context);
  const share = ((Number.isFinite(value) ? Number(value) : low) - low) / (high - low || 1);
  return {
    name: options.displayName ?? series.name,
    text: plainText(formatted),
    color,
    share: Math.min(1, Math.max(0, share)),
  };
}

/** A bar's rectangle and what of it is filled, in the panel's display mode. */
function drawBar(
  { panel, theme }: SeriesDrawing,
  { color, share }: Bar,
  box: Box,
  isHorizontal: boolean,
): string {
  const filled = (from: number, to: number, opacity: number) =>
    element('rect', {
      x: box.x + (isHorizontal ? from * box.width : 0),
      y: box.y + (isHorizontal ? 0 : (1 - to) * box.height),
      width: Math.max(1, isHorizontal ? (to - from) * box.width : box.width),
      height: Math.max(1, isHorizontal ? box.height : (to - from) * box.height),
      rx: 2,
      fill: color,
      'fill-opacity': opacity === 1 ? undefined : opacity,
    });
  const length = Math.max(1, isHorizontal ? box.width : box.height);
  const { displayMode } = object(panel.json.options);
  if (displayMode === 'lcd') {
    const count = Math.max(1, Math.floor(length / LCD));
    return Array.from({ length: count }, (_, index) =>
      filled(index / count, (index + 1) / count - 2 / length, index / count < share ? 0.85 : 0.15),
    ).join('');
  }
  const background = element('rect', { ...box, rx: 2, fill: theme.canvas });
  if (displayMode !== 'basic') return background + filled(0, share, 0.85);
  return background + filled(0, share, 0.35) + filled(Math.max(0, share - 2 / length), share, 1);
}

function horizontal(drawing: SeriesDrawing, bars: readonly Bar[], inner: Box): string {
  const { theme } = drawing;
  const gap = Math.min(8, inner.height / bars.length / 4);
  const height = (inner.height - gap * (bars.length - 1)) / bars.length;
  const size = Math.max(8, Math.min(14, height * 0.7));
  const nameWidth = Math.min(
    inner.width * 0.4,
    Math.max(...bars.map(({ name }) => textWidth(name, size))) + 8,
  );
  const valueWidth = Math.min(
    inner.width * 0.5,
    Math.max(...bars.map(({ text }) => textWidth(text, size, 500))) + 8,
  );
  const length = Math.max(1, inner.width - nameWidth - valueWidth);
  return bars
    .map((bar, index) => {
      const { name, text, color } = bar;
      const y = inner.y + index * (height + gap);
      const x = inner.x + nameWidth;
      return [
        textAt(fitted(name, nameWidth - 8, size), inner.x, y + height / 2, { size, color: theme.text }),
        drawBar(drawing, bar, { x, y, width: length, height }, true),
        textAt(fitted(text, valueWidth - 8, size, 500), x + length + 8, y + height / 2, {
          size,
          color,
          weight: 500,
        }),
      ].join('');
    })
    .join('');
}

function vertical(drawing: SeriesDrawing, bars: readonly Bar[], inner: Box): string {
  const { theme } = drawing;
  const gap = 8;
  const width = (inner.width - gap * (bars.length - 1)) / bars.length;
  const length = Math.max(1, inner.height - 44);
  return bars
    .map((bar, index) => {
      const { name, text, color } = bar;
      const x = inner.x + index * (width + gap);
      const y = inner.y + 22;
      const middle = { size: 12, anchor: 'middle' } as const;
      return [
        textAt(fitted(text, width, 12, 500), x + width / 2, inner.y + 10, { ...middle, color, weight: 500 }),
        drawBar(drawing, bar, { x, y, width, height: length }, false),
        textAt(fitted(name, width, 12), x + width / 2, y + length + 12, { ...middle, color: theme.text }),
      ].join('');
    })
    .join('');
}
