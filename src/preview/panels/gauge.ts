import { chartSvg } from '../draw/chart-svg.ts';
import { fitted, textAt, textWidth } from '../draw/text.ts';
import { namedColor } from '../draw/theme.ts';
import { bounds, displayValue } from '../field/display-value.ts';
import { fieldOptions } from '../field/field-options.ts';
import { object } from '../field/json.ts';
import { plainText } from '../format/format-value.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { reducedValues, valueCells } from './reduced-values.ts';

/** One arc for each series, with its thresholds around it. */
export function drawGauge(drawing: SeriesDrawing): string {
  const values = reducedValues(drawing);
  const orientation = String(object(drawing.panel.json.options).orientation ?? 'auto');
  const { width, height } = drawing.box;
  const auto = width > height ? 'vertical' : 'horizontal';
  const cells = valueCells(drawing.box, values.length, orientation === 'auto' ? auto : orientation);
  return values
    .slice(0, cells.length)
    .map(({ series, value, context }, index) => {
      const cell = cells[index] ?? drawing.box;
      const options = fieldOptions(drawing.panel, series);
      const [low, high] = bounds({ ...options, min: options.min ?? 0, max: options.max ?? 100 }, context);
      const { formatted, color } = displayValue(value, options, context);
      const share = Math.min(1, Math.max(0, (Number(value ?? low) - low) / (high - low || 1)));
      const hasName = values.length > 1;
      const radius = Math.max(10, Math.min(cell.width / 2 - 12, (cell.height - (hasName ? 24 : 4)) * 0.6));
      const text = plainText(formatted);
      const size = Math.min(radius * 0.5, radius / (textWidth(text, 1, 500) || 1));
      const x = cell.x + cell.width / 2;
      // The arc reaches a third of its radius below its centre.
      const y = cell.y + radius + Math.max(8, (cell.height - (hasName ? 24 : 0) - 1.34 * radius) / 2);
      const steps = options.thresholds.steps.map(({ value: at, color: name }) => ({
        at: options.thresholds.mode === 'percentage' ? at / 100 : (at - low) / (high - low || 1),
        color: namedColor(name, drawing.theme.name),
      }));
      return [
        chartSvg(
          {
            series: [
              arc(radius, 0.32, [
                [share, color],
                [1, drawing.theme.border],
              ]),
              arc(radius + 5, 0.03, bands(steps)),
            ],
          },
          { x: x - radius - 8, y: y - radius - 8, width: 2 * radius + 16, height: 2 * radius + 16 },
          `${drawing.id}-${index}`,
        ),
        textAt(text, x, y, { size, color, weight: 500, anchor: 'middle' }),
        hasName
          ? textAt(
              fitted(options.displayName ?? series.name, cell.width - 8, 12),
              x,
              cell.y + cell.height - 12,
              {
                size: 12,
                color: drawing.theme.text,
                anchor: 'middle',
              },
            )
          : '',
      ].join('');
    })
    .join('');
}

/** Colours up to each share of the arc. */
function bands(steps: readonly { readonly at: number; readonly color: string }[]): [number, string][] {
  return steps.map(({ color }, index) => [Math.min(1, Math.max(0, steps[index + 1]?.at ?? 1)), color]);
}

function arc(radius: number, thickness: number, colors: readonly (readonly [number, string])[]): unknown {
  return {
    type: 'gauge',
    radius,
    center: ['50%', '50%'],
    startAngle: 200,
    endAngle: -20,
    axisLine: { lineStyle: { width: Math.max(2, radius * thickness), color: colors } },
    ...Object.fromEntries(
      ['splitLine', 'axisTick', 'axisLabel', 'pointer', 'detail', 'title', 'progress'].map((part) => [
        part,
        { show: false },
      ]),
    ),
    data: [],
  };
}
