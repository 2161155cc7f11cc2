import { expect, test } from 'vitest';
import type { PanelData, Series } from '../../src/preview/model.ts';
import { draw, FROM, seriesOf } from './odd-panels.ts';

const LEGEND = { showLegend: true, displayMode: 'list', placement: 'bottom' };
const UP_DOWN = [
  { type: 'value', options: { 0: { text: 'Down', color: 'red' }, 1: { text: 'Up', color: 'green' } } },
];
const TABLE = [{ refId: 'A', format: 'table' }];

function dataOf(...series: Series[]): PanelData {
  return { kind: 'series', series, notes: [] };
}

/** A series with a value each two minutes. */
function slowly(name: string, values: readonly (number | null)[]): Series {
  return { ...seriesOf(name, values), times: values.map((_, index) => FROM + index * 120_000) };
}

/** One row of a table. */
function rowOf(path: string, value: number): Series {
  return { refId: 'A', name: path, labels: { path }, times: [FROM], values: [value] };
}

/** What stands in a picture of one panel, its title apart. */
function texts(panel: object, data: PanelData): string[] {
  const svg = draw([{ targets: [{ refId: 'A' }], title: '', ...panel }], data);
  const content = svg.slice(svg.indexOf('<g id="p'));
  return [...content.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text = '']) => text.replace(/&#60;/g, '<'));
}

const states = dataOf(
  slowly('api', [1, 1, 0, 0, 1, 1, null, 1]),
  slowly('database', [0, 1, 1, 1, 1, 1, 1, 1]),
);
const courses = dataOf(slowly('2xx', [9, 7, 8, 9]), slowly('5xx', [1, 3, 2, 1]));
const paths = dataOf(rowOf('/login', 40), rowOf('/roll', 120), rowOf('/health', 8));
const numbers = dataOf(seriesOf('a', [1, 2, 2, 3, 3, 3, 4, 4, 5]), seriesOf('b', [4, 5, 5, 6, 6, 6, 7]));

test.each([
  [
    'pie',
    paths,
    {
      type: 'piechart',
      targets: TABLE,
      options: {
        reduceOptions: { values: true },
        displayLabels: ['name', 'percent'],
        legend: { ...LEGEND, values: ['value', 'percent'] },
      },
    },
  ],
  [
    'donut',
    courses,
    {
      type: 'piechart',
      options: {
        pieType: 'donut',
        legend: { ...LEGEND, displayMode: 'table', placement: 'right', values: ['percent'] },
      },
      fieldConfig: {
        defaults: {},
        overrides: [
          {
            matcher: { id: 'byName', options: '5xx' },
            properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: 'dark-red' } }],
          },
        ],
      },
    },
  ],
  [
    'state-timeline',
    states,
    {
      type: 'state-timeline',
      options: { legend: LEGEND },
      fieldConfig: { defaults: { color: { mode: 'fixed', fixedColor: 'blue' }, mappings: UP_DOWN } },
    },
  ],
  [
    'status-history',
    states,
    { type: 'status-history', options: { legend: LEGEND }, fieldConfig: { defaults: { mappings: UP_DOWN } } },
  ],
  [
    'bars',
    paths,
    {
      type: 'barchart',
      targets: TABLE,
      options: { xField: 'path', legend: LEGEND, xTickLabelRotation: 45 },
      fieldConfig: { defaults: { unit: 'reqps', color: { mode: 'thresholds' } } },
    },
  ],
  [
    'bars-stacked',
    courses,
    { type: 'barchart', options: { stacking: 'normal', orientation: 'horizontal', legend: LEGEND } },
  ],
  [
    'histogram',
    numbers,
    { type: 'histogram', options: { legend: LEGEND }, fieldConfig: { defaults: { unit: 's' } } },
  ],
])('%s is drawn as it was', async (name, data, panel) => {
  const svg = draw([{ title: name, ...panel }], data, 500);
  await expect(svg).toMatchFileSnapshot(`kinds/${name}.svg`);
});

test('a pie of all values names its slices by the rows of the table', () => {
  const options = { reduceOptions: { values: true, limit: 2 }, displayLabels: ['name', 'percent'] };
  expect(texts({ type: 'piechart', targets: TABLE, options }, paths)).toEqual(
    expect.arrayContaining(['/roll', '75%', '/login', '25%']),
  );
  expect(texts({ type: 'piechart', targets: TABLE, options }, paths)).not.toContain('/health');
});

test('a state that is merged by thresholds is called by its threshold, otherwise by its mapping', () => {
  const drawn = (options: object, mode: string) =>
    texts(
      { type: 'state-timeline', options, fieldConfig: { defaults: { color: { mode }, mappings: UP_DOWN } } },
      states,
    );
  expect(drawn({}, 'thresholds')).toEqual(expect.arrayContaining(['< 80', '80+']));
  expect(drawn({}, 'thresholds')).not.toContain('Up');
  expect(drawn({ mergeValues: false }, 'thresholds')).toContain('Up');
  expect(drawn({}, 'fixed')).toContain('Up');
  expect(drawn({ showValue: 'never', legend: { showLegend: false } }, 'fixed')).not.toContain('Up');
});

test('too many moments for a status history are said, not drawn', () => {
  const data = dataOf(
    seriesOf(
      'a',
      Array.from({ length: 2000 }, () => 1),
    ),
  );
  expect(texts({ type: 'status-history' }, data).join(' ')).toMatch(
    /Too many points to draw: 2000 in \d+ pixels/,
  );
});

test.each(['piechart', 'state-timeline', 'status-history', 'barchart', 'histogram'])(
  'a %s without data says so and why, and what is left out of a large one is counted',
  (type) => {
    const why = 'no metric catalogue lists x';
    expect(texts({ type }, { kind: 'empty', notes: [why] })).toEqual(
      expect.arrayContaining(['No data', why]),
    );
    const many = Array.from({ length: 500 }, (_, index) => seriesOf(`series ${index}`, [index, 1]));
    expect(texts({ type }, dataOf(...many)).join(' ')).toMatch(/(?:20|50) of 500 series are drawn/);
  },
);
