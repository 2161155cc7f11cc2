import type { Panel } from '../../model/dashboard.ts';
import { list, object } from '../field/json.ts';
import type { Series } from '../model.ts';

/** Whether a query's answer is a table: a column for each label, and a row for each value. */
export function isTable({ json }: Panel, { refId }: Series): boolean {
  return list(json.targets).some((target) => {
    const { refId: id, format } = object(target);
    return (id ?? 'A') === refId && format === 'table';
  });
}

/**
 * Each value as a series of its own, named as Grafana names rows: by what the text columns of a table say, otherwise as
 * the series.
 */
export function rowsOf(panel: Panel, series: readonly Series[], most: number): Series[] {
  const rows: Series[] = [];
  for (const each of series) {
    const words = isTable(panel, each) ? rowName(each) : '';
    for (const [index, value] of each.values.entries()) {
      if (rows.length >= most) return rows;
      rows.push({ ...each, name: words || each.name, times: [each.times[index] ?? 0], values: [value] });
    }
  }
  return rows;
}

function rowName({ labels }: Series): string {
  return Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value)
    .filter((value) => value !== '')
    .join(' ');
}
