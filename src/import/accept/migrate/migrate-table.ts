import { type Json, objectOf, objectsOf, textOf } from '../../../diff/json.ts';
import { given, type Migration, numberIn, panelName, reducerOf } from './migration.ts';

const GONE = new Set(
  'columns fontSize pageSize scroll showHeader sort styles transform type options fieldConfig'.split(' '),
);

/** Transformations that take the place of what the table did itself. */
const TRANSFORMATIONS: Readonly<Record<string, string>> = {
  timeseries_to_rows: 'seriesToRows',
  timeseries_to_columns: 'seriesToColumns',
  timeseries_aggregations: 'reduce',
  table: 'merge',
};

const CELLS: Readonly<Record<string, string>> = {
  cell: 'color-background',
  row: 'color-background',
  value: 'color-text',
};

/** The table of before Grafana 7 (`table-old`) as the table of today. */
export function migrateTable(panel: Json, { dropped, version }: Migration): Json {
  const kept = Object.fromEntries(Object.entries(panel).filter(([key]) => !GONE.has(key)));
  const styles = objectsOf(panel.styles).map((style) => withTwoThresholds(style, version));
  const general = styles.find(({ pattern }) => pattern === '/.*/');
  const transform = String(panel.transform);
  const id = Object.hasOwn(TRANSFORMATIONS, transform) ? TRANSFORMATIONS[transform] : undefined;
  const reducers = objectsOf(panel.columns).flatMap(({ value }) => reducerOf(value) ?? []);
  const options = id === 'reduce' ? { includeTimeField: false, reducers } : { reducers: [] };
  const { col } = objectOf(panel.sort) ?? {};
  if (typeof col === 'number') dropped.add('Order of the rows of an old table', 'dropped', panelName(panel));
  if (transform === 'json' || transform === 'annotations')
    dropped.add(`Old table of ${transform}`, 'it shows what the query gives', panelName(panel));
  return {
    ...kept,
    type: 'table',
    ...(id === undefined ? {} : { transformations: [...objectsOf(panel.transformations), { id, options }] }),
    fieldConfig: {
      defaults: general ? defaultsOf(general) : { custom: {} },
      overrides: styles.filter((style) => style !== general).map(overrideOf),
    },
    options: panel.showHeader === false ? { showHeader: false } : {},
  };
}

/** Before schema version 10 the first of three was the lower end. */
function withTwoThresholds(style: Json, version: number): Json {
  const { thresholds } = style;
  if (version >= 10 || !Array.isArray(thresholds) || thresholds.length < 3) return style;
  return { ...style, thresholds: thresholds.slice(1) };
}

function defaultsOf(style: Json): Json {
  return {
    ...given({
      unit: textOf(style.unit),
      decimals: numberIn(style.decimals),
      displayName: textOf(style.alias),
    }),
    custom: given({ align: alignOf(style), cellOptions: cellOf(style) }),
    ...given({ thresholds: thresholdsOf(style) }),
  };
}

function overrideOf(style: Json): Json {
  const pattern = String(style.pattern ?? '');
  const link = { title: textOf(style.linkTooltip) ?? '', url: textOf(style.linkUrl) ?? '' };
  const properties: Json = given({
    displayName: textOf(style.alias),
    unit: style.type === 'date' ? `time: ${style.dateFormat}` : textOf(style.unit),
    decimals: numberIn(style.decimals),
    'custom.hidden': style.type === 'hidden' ? true : undefined,
    links: style.link === true ? [{ ...link, targetBlank: style.linkTargetBlank === true }] : undefined,
    'custom.cellOptions': cellOf(style),
    'custom.align': alignOf(style),
    thresholds: thresholdsOf(style),
  });
  return {
    matcher: { id: /^\/.*\/$/.test(pattern) ? 'byRegexp' : 'byName', options: pattern },
    properties: Object.entries(properties).map(([id, value]) => ({ id, value })),
  };
}

function cellOf({ colorMode }: Json): Json | undefined {
  const type = Object.hasOwn(CELLS, String(colorMode)) ? CELLS[String(colorMode)] : undefined;
  return type === undefined ? undefined : { type };
}

function alignOf({ align }: Json): string | undefined {
  return align === 'auto' ? undefined : textOf(align);
}

function thresholdsOf({ thresholds, colors }: Json): Json | undefined {
  if (!Array.isArray(thresholds) || !Array.isArray(colors) || thresholds.length === 0) return undefined;
  const steps = [null, ...thresholds].flatMap((threshold, index) => {
    const value = threshold === null ? null : numberIn(threshold);
    return value === undefined ? [] : [{ color: colors[index], value }];
  });
  return { mode: 'absolute', steps };
}
