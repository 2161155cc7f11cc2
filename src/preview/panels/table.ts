import { element } from '../draw/svg.ts';
import { fitted, textAt } from '../draw/text.ts';
import { displayValue } from '../field/display-value.ts';
import { fieldOptions } from '../field/field-options.ts';
import { reduceSeries } from '../field/reduce.ts';
import { plainText } from '../format/format-value.ts';
import type { SeriesDrawing } from './panel-drawing.ts';
import { dataRange } from './reduced-values.ts';

const LINE = 36;

/** One line for each series: its labels and its last value. Transformations are not applied. */
export function drawTable(drawing: SeriesDrawing): string {
  const { box, series, theme, panel } = drawing;
  const labels = [...new Set(series.slice(0, 200).flatMap((each) => Object.keys(each.labels)))].filter(
    (label) => label !== '__name__',
  );
  const fitting = Math.max(1, Math.floor(box.width / 90));
  const columns = [...labels.slice(0, fitting - 1), 'Value'];
  const width = (box.width - 16) / columns.length;
  const range = dataRange(series);
  const rows = series.slice(0, Math.max(1, Math.floor((box.height - LINE) / LINE)));
  const cell = (text: string, column: number, row: number, isHeader: boolean, color: string) => {
    const isValue = column === columns.length - 1;
    return textAt(
      fitted(text, width - 12, 12, isHeader ? 500 : 400),
      box.x + 8 + column * width + (isValue ? width - 6 : 6),
      box.y + row * LINE + LINE / 2,
      { size: 12, color, weight: isHeader ? 500 : 400, anchor: isValue ? 'end' : 'start' },
    );
  };
  return [
    ...columns.map((name, column) => cell(name, column, 0, true, theme.link)),
    ...rows.flatMap((each, row) => {
      const options = fieldOptions(panel, each);
      const shown = displayValue(reduceSeries(each, 'lastNotNull'), options, {
        theme: theme.name,
        index: row,
        range,
      });
      const y = box.y + (row + 1) * LINE;
      return [
        element('path', { d: `M${box.x + 8} ${y + 0.5}h${box.width - 16}`, stroke: theme.grid }),
        ...columns.map((name, column) =>
          column === columns.length - 1
            ? cell(plainText(shown.formatted), column, row + 1, false, theme.text)
            : cell(each.labels[name] ?? '', column, row + 1, false, theme.text),
        ),
      ];
    }),
  ].join('');
}
