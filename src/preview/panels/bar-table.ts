import type { Panel } from '../../model/dashboard.ts';
import { timeWriter } from '../draw/scales.ts';
import { object, text } from '../field/json.ts';
import type { Series, TimeRange } from '../model.ts';
import { isTable } from './table-rows.ts';
import { shortestStep } from './timeline-rows.ts';

/** What a bar chart draws: groups of bars with names, and in each group one bar for each field. */
export interface BarTable {
  readonly groups: readonly string[];
  /** Their values stand at the groups' numbers, counted from 0, in the place of times. */
  readonly fields: readonly Series[];
}

/**
 * Tables have a group for each row, named by the column that `options.xField` says or by the first label; series have a
 * group for each moment.
 */
export function barTable(panel: Panel, series: readonly Series[], range: TimeRange): BarTable {
  return series.length > 0 && series.every((each) => isTable(panel, each))
    ? ofRows(series, text(object(panel.json.options).xField), range)
    : ofTimes(series, range);
}

function ofTimes(series: readonly Series[], range: TimeRange): BarTable {
  const times = [...new Set(series.flatMap((each) => each.times))].sort((a, b) => a - b);
  const places = new Map(times.map((time, index) => [time, index]));
  return {
    groups: times.map(timeNames(series, range)),
    fields: series.map((each) => ({ ...each, times: each.times.map((time) => places.get(time) ?? 0) })),
  };
}

function timeNames(series: readonly Series[], { timeZone }: TimeRange): (time: number) => string {
  const times = series.flatMap((each) => [each.times[0] ?? 0, each.times.at(-1) ?? 0]);
  const length = times.reduce((a, b) => Math.max(a, b), 0) - times.reduce((a, b) => Math.min(a, b), Infinity);
  const step = shortestStep(series);
  const write = timeWriter(Number.isFinite(step) ? step : 1000, Math.max(0, length), timeZone);
  return (time) => (Number.isFinite(new Date(time).getTime()) ? write(time) : '');
}

/** Rows of several queries with the same labels are one group. */
function ofRows(series: readonly Series[], xField: string | undefined, range: TimeRange): BarTable {
  const labels = [...new Set(series.flatMap((each) => Object.keys(each.labels)))].sort();
  const column = xField !== undefined && labels.includes(xField) ? xField : labels[0];
  const timeName = timeNames(series, range);
  const places = new Map<string, number>();
  const groups: string[] = [];
  const fields = new Map<string, { times: number[]; values: (number | null)[] }>();
  for (const each of series) {
    const field = fields.get(each.refId) ?? { times: [], values: [] };
    fields.set(each.refId, field);
    const sorted = Object.entries(each.labels)
      .filter(([name]) => name !== '__name__')
      .sort();
    for (const [index, time] of each.times.entries()) {
      const key = JSON.stringify([sorted, time]);
      const place = places.get(key) ?? groups.length;
      if (place === groups.length) {
        places.set(key, place);
        const isTime = column === undefined || xField === 'Time';
        groups.push(isTime ? timeName(time) : (each.labels[column] ?? ''));
      }
      field.times.push(place);
      field.values.push(each.values[index] ?? null);
    }
  }
  return {
    groups,
    fields: [...fields].map(([refId, field]) => ({
      ...field,
      refId,
      name: fields.size > 1 ? `Value #${refId}` : 'Value',
      labels: {},
    })),
  };
}
