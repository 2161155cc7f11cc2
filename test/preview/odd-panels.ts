import { readDashboard } from '../../src/load/dashboard.ts';
import { sourceFile } from '../../src/load/source-file.ts';
import { drawDashboard } from '../../src/preview/draw-dashboard.ts';
import type { PanelData, Series } from '../../src/preview/model.ts';

/** When odd data begins, in milliseconds since 1970. */
export const FROM = Date.UTC(2026, 0, 1, 12);
/** A text that would be markup and script where it is not escaped. */
export const HTML = '</text></title><script>alert(1)</script><img src=x onerror="alert(2)">&amp;\u0000\ud800';
/** Types of panels: those that are drawn, one that is not, and none. */
export const KINDS = [
  'stat',
  'timeseries',
  'bargauge',
  'gauge',
  'table',
  'heatmap',
  'piechart',
  'barchart',
  'histogram',
  'state-timeline',
  'status-history',
  'logs',
  'text',
  'no-such-type',
  '',
];

/** A series with a value each 15 seconds. */
export function seriesOf(name: string, values: readonly (number | null)[]): Series {
  const times = values.map((_, index) => FROM + index * 15_000);
  return { refId: 'A', name, labels: { le: name }, times, values };
}

/** Draws panels below each other, with a title that is hostile too; all have the same data. */
export function draw(
  panels: readonly Readonly<Record<string, unknown>>[],
  data: PanelData,
  width = 800,
): string {
  const json = {
    title: HTML,
    panels: panels.map((panel, index) => ({
      gridPos: { x: 0, y: 8 * index, w: 24, h: 8 },
      title: HTML,
      ...panel,
    })),
  };
  const dashboard = readDashboard(sourceFile('a.json', JSON.stringify(json)), {
    datasources: [],
    originOf: () => ({ kind: 'file' }),
    readsResources: false,
  });
  if (!dashboard) throw new Error('no dashboard');
  const range = { from: FROM, to: FROM + 900_000, timeZone: 'UTC' };
  return drawDashboard(dashboard, () => data, { width, theme: 'dark', range, source: HTML });
}

/** Data that few expect, by what is odd about it. */
export const ODD: readonly (readonly [string, PanelData])[] = [
  ['HTML in names', { kind: 'series', series: [seriesOf(HTML, [1, 2, 3])], notes: [HTML] }],
  ['no values', { kind: 'series', series: [seriesOf('a', [])], notes: [] }],
  ['one value', { kind: 'series', series: [seriesOf('a', [4])], notes: [] }],
  ['gaps', { kind: 'series', series: [seriesOf('a', [null, 1, null, null, 2, 3, null])], notes: [] }],
  ['not numbers', { kind: 'series', series: [seriesOf('a', [Number.NaN, Number.NaN])], notes: [] }],
  [
    'infinities',
    {
      kind: 'series',
      series: [seriesOf('a', [Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY])],
      notes: [],
    },
  ],
  ['values far off', { kind: 'series', series: [seriesOf('a', [1, 2e6, -3e6, 0, 5e9, 1])], notes: [] }],
  ['huge numbers', { kind: 'series', series: [seriesOf('a', [1e308, -1e308, 5e-324])], notes: [] }],
  ['no series', { kind: 'series', series: [], notes: [] }],
  ['negative values', { kind: 'series', series: [seriesOf('a', [-1, -2]), seriesOf('b', [-3])], notes: [] }],
  ['huge labels', { kind: 'series', series: [seriesOf('wide '.repeat(2000), [1, 2, 1])], notes: [] }],
  [
    'five hundred series',
    {
      kind: 'series',
      series: Array.from({ length: 500 }, (_, index) => seriesOf(`series ${index}`, [index, 500 - index])),
      notes: [],
    },
  ],
  ['an error', { kind: 'error', message: HTML.repeat(50) }],
  ['nothing', { kind: 'empty', notes: [HTML] }],
  [
    'log lines',
    { kind: 'logs', lines: [{ time: Number.NaN, text: HTML, labels: { level: HTML } }], notes: [] },
  ],
];

/** Options that are hostile wherever a panel has some. */
export const WILD = {
  description: HTML,
  options: {
    content: HTML,
    mode: 'html',
    reduceOptions: { calcs: [HTML] },
    legend: { calcs: [HTML, 'max'], values: [HTML, 'value', 'percent'], sort: HTML },
    displayLabels: [HTML, 'name', 'value', 'percent'],
    pieType: 'donut',
  },
  fieldConfig: {
    defaults: {
      unit: HTML,
      decimals: 400,
      color: { mode: 'fixed', fixedColor: '"/><script>' },
      thresholds: {
        mode: 'percentage',
        steps: [
          { color: 'url(#x)', value: null },
          { color: HTML, value: 'a' },
        ],
      },
      mappings: [{ type: 'regex', options: { pattern: '(a+)+$', result: { text: HTML } } }],
      custom: { lineWidth: 1e9, pointSize: -4, axisLabel: HTML, thresholdsStyle: { mode: 'line+area' } },
    },
    overrides: [null, { matcher: { id: 'byRegexp', options: '(' }, properties: [{ id: 4 }] }],
  },
};

/** An axis that most data is not on. */
export const LIMITED = { fieldConfig: { defaults: { min: 0, max: 1 }, overrides: [] } };
