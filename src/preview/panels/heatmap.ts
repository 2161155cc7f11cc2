import { chartSvg } from '../draw/chart-svg.ts';
import { heatScale } from '../draw/heat-colors.ts';
import { drawable } from '../draw/scales.ts';
import { fitted, textAt, textWidth } from '../draw/text.ts';
import { fieldOptions } from '../field/field-options.ts';
import { object, text } from '../field/json.ts';
import { formatValue, plainText } from '../format/format-value.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { dataRange } from './reduced-values.ts';
import { timeAxisTexts } from './time-axis.ts';

const SIZE = 12;
/** More cells than pixels would only make the file large. */
const MOST_COLUMNS = 120;

/** A row for each series, a column for each moment, and colours for how much there is. */
export function drawHeatmap(drawing: SeriesDrawing): string {
  const { box, range, theme, panel } = drawing;
  const series = drawing.series.slice(0, 60);
  const [, high] = dataRange(series);
  const options = object(panel.json.options);
  const scale = heatScale(object(options.color), theme);
  const unit = text(object(options.yAxis).unit) ?? fieldOptions(panel).unit;
  const labels = series.map(({ name }) =>
    fitted(
      Number.isFinite(Number(name)) && name !== '' ? plainText(formatValue(Number(name), unit)) : name,
      box.width * 0.3,
      SIZE,
    ),
  );
  const left = Math.max(...labels.map((label) => textWidth(label, SIZE))) + 17;
  const plot = {
    x: box.x + left,
    y: box.y + 12,
    width: Math.max(10, box.width - left - 16),
    height: Math.max(10, box.height - 46),
  };
  const times = [...new Set(series.flatMap((each) => each.times))].sort((a, b) => a - b);
  const every = Math.ceil(times.length / MOST_COLUMNS);
  const columns = times.filter((_, index) => index % every === 0);
  const indexOf = new Map(columns.map((time, index) => [time, index]));
  const cells = series.flatMap((each, row) =>
    each.times.flatMap((time, index) => {
      const column = indexOf.get(time);
      const value = each.values[index];
      return column === undefined || !value || drawable(value) === null
        ? []
        : [[column, row, scale.placeOf(Math.max(0, value / (high || 1)))]];
    }),
  );
  const lineHeight = plot.height / series.length;
  const skip = Math.max(1, Math.ceil(16 / lineHeight));
  return [
    chartSvg(
      {
        grid: { left: 0, right: 0, top: 0, bottom: 0 },
        xAxis: { type: 'category', data: columns, show: false },
        yAxis: { type: 'category', data: labels.map((_, index) => index), show: false },
        visualMap: {
          show: false,
          min: 0,
          max: 1,
          inRange: { color: scale.colors },
        },
        series: [
          {
            type: 'heatmap',
            data: cells,
            progressive: 0,
            itemStyle: { borderWidth: 0.5, borderColor: theme.panel },
          },
        ],
      },
      plot,
      drawing.id,
    ),
    ...labels.map((label, row) =>
      row % skip === 0
        ? textAt(label, plot.x - 5, plot.y + plot.height - (row + 0.5) * lineHeight, {
            size: SIZE,
            color: theme.text,
            anchor: 'end',
          })
        : '',
    ),
    ...timeAxisTexts(drawing, plot, range),
  ].join('');
}
