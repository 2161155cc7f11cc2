import type { Json } from './json.ts';

const made = new Map<string, Json>();

/**
 * What a panel of a type takes for what it leaves out: the panels' option defaults, Grafana 11 and 12. Saving in the
 * browser writes them out, which changes nothing.
 */
export function panelDefaults(type: string): Json {
  const known = made.get(type);
  if (known) return known;
  const { options, custom, color } = (Object.hasOwn(TYPES, type) ? TYPES[type] : undefined) ?? {};
  const defaults = { thresholds: THRESHOLDS, custom, color };
  const all: Json = { ...PANEL, options, fieldConfig: { defaults } };
  // Types come from files: there is no end to them.
  if (Object.hasOwn(TYPES, type)) made.set(type, all);
  return all;
}

const LEGEND: Json = { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true };
const TOOLTIP: Json = { mode: 'single', sort: 'none', hideZeros: false };
const REDUCE: Json = { calcs: ['lastNotNull'], fields: '', values: false };
const HIDE_FROM: Json = { legend: false, tooltip: false, viz: false };
const AXIS: Json = {
  axisBorderShow: false,
  axisCenteredZero: false,
  axisColorMode: 'text',
  axisLabel: '',
  axisPlacement: 'auto',
  scaleDistribution: { type: 'linear' },
  hideFrom: HIDE_FROM,
};

const PANEL: Json = { transparent: false, hideTimeOverride: false };
const THRESHOLDS: Json = {
  mode: 'absolute',
  steps: [{ color: 'green' }, { color: 'red', value: 80 }],
};

/** Options and fields of one visualization. */
interface TypeDefaults {
  readonly options?: Json;
  readonly custom?: Json;
  readonly color?: Json;
}

const TYPES: { readonly [type: string]: TypeDefaults | undefined } = {
  timeseries: {
    options: { legend: LEGEND, tooltip: TOOLTIP },
    color: { mode: 'palette-classic' },
    custom: {
      ...AXIS,
      barAlignment: 0,
      barWidthFactor: 0.6,
      drawStyle: 'line',
      fillOpacity: 0,
      gradientMode: 'none',
      insertNulls: false,
      lineInterpolation: 'linear',
      lineStyle: { fill: 'solid' },
      lineWidth: 1,
      pointSize: 5,
      showPoints: 'auto',
      showValues: false,
      spanNulls: false,
      stacking: { group: 'A', mode: 'none' },
      thresholdsStyle: { mode: 'off' },
    },
  },
  stat: {
    options: {
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      percentChangeColorMode: 'standard',
      reduceOptions: REDUCE,
      showPercentChange: false,
      textMode: 'auto',
      wideLayout: true,
    },
    color: { mode: 'thresholds' },
  },
  gauge: {
    options: {
      minVizHeight: 75,
      minVizWidth: 75,
      orientation: 'auto',
      reduceOptions: REDUCE,
      showThresholdLabels: false,
      showThresholdMarkers: true,
      sizing: 'auto',
    },
    color: { mode: 'thresholds' },
  },
  bargauge: {
    options: {
      displayMode: 'gradient',
      legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: false },
      maxVizHeight: 300,
      minVizHeight: 16,
      minVizWidth: 8,
      namePlacement: 'auto',
      orientation: 'auto',
      reduceOptions: REDUCE,
      showUnfilled: true,
      sizing: 'auto',
      valueMode: 'color',
    },
    color: { mode: 'thresholds' },
  },
  table: {
    options: { cellHeight: 'sm', showHeader: true },
    custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false },
    color: { mode: 'thresholds' },
  },
  heatmap: {
    options: {
      calculate: false,
      cellGap: 1,
      color: {
        exponent: 0.5,
        fill: 'dark-orange',
        mode: 'scheme',
        reverse: false,
        scale: 'exponential',
        scheme: 'Oranges',
        steps: 64,
      },
      exemplars: { color: 'rgba(255,0,255,0.7)' },
      filterValues: { le: 1e-9 },
      legend: { show: true },
      rowsFrame: { layout: 'auto' },
      selectionMode: 'x',
      showValue: 'auto',
      tooltip: { mode: 'single', showColorScale: false, yHistogram: false },
      yAxis: { axisPlacement: 'left', reverse: false },
    },
    custom: { hideFrom: HIDE_FROM, scaleDistribution: { type: 'linear' } },
  },
  logs: {
    options: {
      dedupStrategy: 'none',
      enableInfiniteScrolling: false,
      enableLogDetails: true,
      prettifyLogMessage: false,
      showCommonLabels: false,
      showLabels: false,
      showTime: false,
      sortOrder: 'Descending',
      wrapLogMessage: false,
    },
  },
  barchart: { custom: { ...AXIS, fillOpacity: 80, gradientMode: 'none', lineWidth: 1 } },
  piechart: { custom: { hideFrom: HIDE_FROM }, color: { mode: 'palette-classic' } },
};
