import { asList, asRecord, asText } from '../load/record.ts';
import { dataOfItems, dataOfSeries, type Points, type QueryData } from './data.ts';

/**
 * The data in Grafana's frames. A frame with text in it is a table (or lines of logs) and counts by its rows; otherwise
 * each column of numbers is a series. JSON has no NaN and no infinity: they are null, and listed beside the values.
 */
export function dataOfFrames(frames: readonly unknown[]): QueryData {
  const read = frames.map(readFrame).filter(({ columns }) => columns.length > 0);
  const tables = read.filter(({ columns }) => columns.some(({ type }) => type === 'string'));
  if (tables.length > 0) return dataOfTables(tables);
  return dataOfSeries(read.flatMap(seriesOf));
}

interface Column {
  readonly type: string;
  readonly values: readonly unknown[];
  /** What stands in place of a null. */
  readonly special: ReadonlyMap<number, number>;
}

interface Frame {
  readonly columns: readonly Column[];
  readonly isLogs: boolean;
}

function readFrame(value: unknown): Frame {
  const frame = asRecord(value);
  const schema = asRecord(frame?.schema);
  const data = asRecord(frame?.data);
  const values = asList(data?.values);
  const entities = asList(data?.entities);
  const meta = asRecord(schema?.meta);
  return {
    isLogs: meta?.preferredVisualisationType === 'logs' || meta?.type === 'log-lines' || hasLines(schema),
    columns: asList(schema?.fields).map((field, index) => ({
      type: asText(asRecord(field)?.type) ?? '',
      values: Array.isArray(values[index]) ? values[index] : [],
      special: readEntities(entities[index]),
    })),
  };
}

function hasLines(schema: Readonly<Record<string, unknown>> | undefined): boolean {
  return asList(schema?.fields).some((field) => asRecord(field)?.name === 'Line');
}

const ENTITIES = { NaN: Number.NaN, Inf: Infinity, NegInf: -Infinity } as const;

function readEntities(value: unknown): ReadonlyMap<number, number> {
  const json = asRecord(value) ?? {};
  return new Map(
    Object.entries(ENTITIES).flatMap(([name, number]) =>
      asList(json[name]).map((index): [number, number] => [Number(index), number]),
    ),
  );
}

function dataOfTables(frames: readonly Frame[]): QueryData {
  let count = 0;
  let newest: number | undefined;
  for (const { columns } of frames) {
    const times = columns.find(({ type }) => type === 'time')?.values;
    const numbers = columns.filter(({ type }) => type === 'number');
    const rows = Math.max(0, ...columns.map(({ values }) => values.length));
    for (let row = 0; row < rows; row++) {
      // Where there are numbers, a row without any shows nothing; lines of logs have none.
      if (numbers.length > 0 && !numbers.some((column) => !Number.isNaN(numberAt(column, row) ?? Number.NaN)))
        continue;
      count++;
      const time = times?.[row];
      if (typeof time === 'number') newest = Math.max(newest ?? 0, time);
    }
  }
  return dataOfItems(frames.some(({ isLogs }) => isLogs) ? 'lines' : 'rows', count, newest);
}

/** The number in a row; undefined for a gap. */
function numberAt({ values, special }: Column, row: number): number | undefined {
  const value = values[row];
  return typeof value === 'number' ? value : special.get(row);
}

function seriesOf({ columns }: Frame): readonly { readonly points: Points }[] {
  const times = columns.find(({ type }) => type === 'time')?.values ?? [];
  return columns
    .filter(({ type }) => type === 'number')
    .map((column) => ({
      points: column.values.flatMap((_, row): Points => {
        const number = numberAt(column, row);
        return number === undefined ? [] : [[Number(times[row] ?? 0), number]];
      }),
    }));
}
