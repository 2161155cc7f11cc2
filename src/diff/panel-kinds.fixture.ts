import {
  dashboardOf,
  field,
  override,
  overriding,
  panelOf,
  queryOf,
  second,
  withPanel,
  withQuery,
} from './dashboard.fixture.ts';
import type { Json } from './json.ts';

/** A change: what, both sides, what the diff says of it, and what it says the other way round. */
export type Kind = readonly [what: string, before: Json, after: Json, forth: string, back: string];

/** Changes of panels and queries. */
export const PANEL_KINDS: readonly Kind[] = [
  [
    'an added panel',
    dashboardOf(),
    dashboardOf({ panels: [panelOf(), second] }),
    '1 panel added\n+ panel "Errors" (timeseries)\n    query A: errors',
    '1 panel removed\n- panel "Errors" (timeseries)\n    query A: errors',
  ],
  [
    'a renamed panel',
    dashboardOf(),
    withPanel({ title: 'Rolls a second' }),
    '1 panel renamed\n~ panel "Rolls a second" (timeseries)\n    renamed: Rate → Rolls a second',
    '1 panel renamed\n~ panel "Rate" (timeseries)\n    renamed: Rolls a second → Rate',
  ],
  [
    'a moved panel',
    dashboardOf(),
    withPanel({ gridPos: { x: 12, y: 3, w: 12, h: 8 } }),
    '1 panel moved\n~ panel "Rate"\n    moved 12 right, 3 down',
    '1 panel moved\n~ panel "Rate"\n    moved 12 left, 3 up',
  ],
  [
    'a resized panel',
    dashboardOf(),
    withPanel({ gridPos: { x: 0, y: 0, w: 24, h: 8 } }),
    '1 panel resized\n~ panel "Rate" (timeseries)\n    resized: 12 × 8 → 24 × 8',
    '1 panel resized\n~ panel "Rate" (timeseries)\n    resized: 24 × 8 → 12 × 8',
  ],
  [
    'panels pushed down by a new one',
    dashboardOf({ panels: [panelOf(), second] }),
    dashboardOf({
      panels: [
        { ...second, id: 3, title: 'New', type: 'text', targets: [], gridPos: { x: 0, y: 0, w: 24, h: 4 } },
        panelOf({ gridPos: { x: 0, y: 4, w: 12, h: 8 } }),
        { ...second, gridPos: { x: 0, y: 12, w: 12, h: 8 } },
      ],
    }),
    '1 panel added, 2 panels moved\n+ panel "New" (text)\n~ 2 panels "Rate, Errors"\n    moved 4 down',
    '1 panel removed, 2 panels moved\n- panel "New" (text)\n~ 2 panels "Rate, Errors"\n    moved 4 up',
  ],
  [
    'another visualization',
    dashboardOf(),
    withPanel({ type: 'barchart' }),
    '1 panel changed\n~ panel "Rate" (barchart)\n    type: timeseries → barchart',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    type: barchart → timeseries',
  ],
  [
    'a changed query',
    dashboardOf(),
    withQuery({ expr: 'rate(rolls_total[5m])' }),
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A: rate(rolls_total[[-1m-]{+5m+}])',
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A: rate(rolls_total[[-5m-]{+1m+}])',
  ],
  [
    'an added query',
    dashboardOf(),
    withPanel({ targets: [queryOf(), queryOf({ refId: 'B', expr: 'up' })] }),
    '1 query added\n~ panel "Rate" (timeseries)\n    query B added: up',
    '1 query removed\n~ panel "Rate" (timeseries)\n    query B removed: up',
  ],
  [
    'another refId',
    dashboardOf(),
    withQuery({ refId: 'B' }),
    '1 query renamed\n~ panel "Rate" (timeseries)\n    query B renamed: A → B',
    '1 query renamed\n~ panel "Rate" (timeseries)\n    query A renamed: B → A',
  ],
  [
    'the legend of a query',
    dashboardOf(),
    withQuery({ legendFormat: '{{die}} {{result}}' }),
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A legend: {{die}} → {{die}} {{result}}',
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A legend: {{die}} {{result}} → {{die}}',
  ],
  [
    'the datasource of a panel, and with it of its queries',
    dashboardOf(),
    withPanel({
      datasource: { type: 'prometheus', uid: 'mimir' },
      targets: [queryOf({ datasource: { type: 'prometheus', uid: 'mimir' } })],
    }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    data source: prom → mimir',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    data source: mimir → prom',
  ],
  [
    'the datasource of one query',
    dashboardOf(),
    withQuery({ datasource: { uid: 'mimir' } }),
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A data source: default → mimir',
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A data source: mimir → default',
  ],
  [
    'a hidden query',
    dashboardOf(),
    withQuery({ hide: true }),
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A hidden: default → on',
    '1 query changed\n~ panel "Rate" (timeseries)\n    query A hidden: on → default',
  ],
  [
    'the unit',
    dashboardOf(),
    field({ unit: 's' }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    unit: short → s',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    unit: s → short',
  ],
  [
    'thresholds',
    dashboardOf(),
    field({
      unit: 'short',
      thresholds: {
        mode: 'absolute',
        steps: [
          { color: 'blue', value: null },
          { color: 'red', value: 5 },
        ],
      },
    }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    thresholds: default → blue, red from 5',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    thresholds: blue, red from 5 → default',
  ],
  [
    'the style of lines',
    dashboardOf(),
    field({ unit: 'short', custom: { fillOpacity: 10 } }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    style fillOpacity: default → 10',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    style fillOpacity: 10 → default',
  ],
  [
    'the legend of a panel',
    dashboardOf(),
    withPanel({ options: { legend: { placement: 'bottom' } } }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    legend placement: right → default',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    legend placement: default → right',
  ],
  [
    'an option of a plugin',
    dashboardOf(),
    withPanel({ options: { legend: { placement: 'right' }, sortBy: ['Time', 'Value'] } }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    option sortBy: default → Time, Value',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    option sortBy: Time, Value → default',
  ],
  [
    'an override',
    overriding(override('ok', 'green')),
    overriding(override('failed', 'red'), override('ok', 'blue')),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    override byName failed.color: default → red\n    override byName ok.color: green → blue',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    override byName failed.color: red → default\n    override byName ok.color: blue → green',
  ],
  [
    'a transformation',
    dashboardOf(),
    withPanel({ transformations: [{ id: 'merge', options: {} }] }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    transformations: default → [{"id":"merge","options":{}}]',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    transformations: [{"id":"merge","options":{}}] → default',
  ],
  [
    'another id, which breaks links to the panel',
    dashboardOf(),
    withPanel({ id: 4 }),
    '1 panel changed\n~ panel "Rate" (timeseries)\n    id: 1 → 4',
    '1 panel changed\n~ panel "Rate" (timeseries)\n    id: 4 → 1',
  ],
];
