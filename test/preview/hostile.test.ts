import { expect, test } from 'vitest';
import { readDashboard } from '../../src/load/dashboard.ts';
import { sourceFile } from '../../src/load/source-file.ts';
import { drawDashboard } from '../../src/preview/draw-dashboard.ts';
import type { PanelData, Series } from '../../src/preview/model.ts';
import { toPng } from '../../src/preview/to-png.ts';
import { cpuSeconds } from '../cpu-seconds.ts';

const FROM = Date.UTC(2026, 0, 1, 12);
const HTML = '</text></title><script>alert(1)</script><img src=x onerror="alert(2)">&amp;\u0000\ud800';
const KINDS = [
  'stat',
  'timeseries',
  'bargauge',
  'gauge',
  'table',
  'heatmap',
  'logs',
  'text',
  'no-such-type',
  '',
];

function seriesOf(name: string, values: readonly (number | null)[]): Series {
  const times = values.map((_, index) => FROM + index * 15_000);
  return { refId: 'A', name, labels: { le: name }, times, values };
}

function draw(panel: Readonly<Record<string, unknown>>, data: PanelData, width = 800): string {
  const json = { title: HTML, panels: [{ gridPos: { x: 0, y: 0, w: 24, h: 8 }, title: HTML, ...panel }] };
  const dashboard = readDashboard(sourceFile('a.json', JSON.stringify(json)), {
    datasources: [],
    originOf: () => ({ kind: 'file' }),
    readsResources: false,
  });
  if (!dashboard) throw new Error('no dashboard');
  const range = { from: FROM, to: FROM + 900_000, timeZone: 'UTC' };
  return drawDashboard(dashboard, () => data, { width, theme: 'dark', range, source: HTML });
}

const ODD: readonly (readonly [string, PanelData])[] = [
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
  ['huge numbers', { kind: 'series', series: [seriesOf('a', [1e308, -1e308, 5e-324])], notes: [] }],
  ['an error', { kind: 'error', message: HTML.repeat(50) }],
  ['nothing', { kind: 'empty', notes: [HTML] }],
  [
    'log lines',
    { kind: 'logs', lines: [{ time: Number.NaN, text: HTML, labels: { level: HTML } }], notes: [] },
  ],
];

const WILD = {
  description: HTML,
  options: {
    content: HTML,
    mode: 'html',
    reduceOptions: { calcs: [HTML] },
    legend: { calcs: [HTML, 'max'] },
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

test.each(KINDS)(
  'a panel of type "%s" with hostile texts and odd data is drawn and stays harmless',
  async (type) => {
    for (const [name, data] of ODD)
      for (const options of [{}, WILD]) {
        const svg = draw({ ...options, type, targets: [{ refId: 'A' }] }, data);
        // Text has no angle brackets, so this is what is not text.
        const tags = svg.match(/<[^>]*>/g)?.join('') ?? '';
        expect(tags, name).not.toMatch(
          /<script|<img|<foreignObject|\son\w+=|javascript:|href=|NaN|url\((?!#p)/i,
        );
        expect(svg.length, name).toBeLessThan(200_000);
      }
  },
);

test('what is drawn of hostile texts is well-formed', async () => {
  const svg = draw({ ...WILD, type: 'timeseries' }, ODD[0]?.[1] ?? { kind: 'none' });
  expect((await toPng(svg)).length).toBeGreaterThan(1000);
});

test('ten thousand series become a hundred lines and a sentence that says so', () => {
  const series = Array.from({ length: 10_000 }, (_, index) =>
    seriesOf(`series ${index}`, [index, index + 1]),
  );
  let svg = '';
  const seconds = cpuSeconds(() => {
    svg = draw({ type: 'timeseries' }, { kind: 'series', series, notes: [] });
  });
  expect(svg).toContain('100 of 10000 series are drawn');
  expect(svg).toMatch(/\+ \d+ more/);
  expect(svg.length).toBeLessThan(300_000);
  expect(seconds).toBeLessThan(10);
});

test('a query without an answer draws no line', () => {
  const svg = draw(
    { type: 'timeseries' },
    { kind: 'empty', notes: ['No sample: no metric catalogue lists x'] },
  );
  expect(svg).toContain('No data');
  expect(svg).toContain('no metric catalogue lists x');
  expect(svg).not.toContain('<path');
});
