import type { Json } from './json.ts';
import {
  BY_THRESHOLDS,
  type DefaultsByType,
  HIDE_FROM,
  LEGEND,
  PALETTE,
  REDUCE,
  TOOLTIP,
} from './type-defaults.ts';

const AXIS: Json = {
  axisBorderShow: false,
  axisCenteredZero: false,
  axisColorMode: 'text',
  axisLabel: '',
  axisPlacement: 'auto',
  scaleDistribution: { type: 'linear' },
  hideFrom: HIDE_FROM,
};
const BARS: Json = { fillOpacity: 80, gradientMode: 'none', lineWidth: 1, hideFrom: HIDE_FROM };
const NO_STACKING: Json = { group: 'A', mode: 'none' };
/** Time series, and what is drawn like them. */
const LINES: Json = {
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
  stacking: NO_STACKING,
  thresholdsStyle: { mode: 'off' },
};

/** Lines at moments, which Grafana 13 can gather. */
const ANNOTATIONS: Json = { clustering: -1, multiLane: false };

/** Of panels that draw values: over time, as bars, as slices. */
export const CHART_DEFAULTS: DefaultsByType = {
  barchart: {
    options: {
      barRadius: 0,
      barWidth: 0.97,
      fullHighlight: false,
      groupWidth: 0.7,
      legend: LEGEND,
      orientation: 'auto',
      showValue: 'auto',
      stacking: 'none',
      tooltip: TOOLTIP,
      xTickLabelRotation: 0,
      xTickLabelSpacing: 0,
    },
    custom: { ...AXIS, ...BARS, thresholdsStyle: { mode: 'off' } },
    color: PALETTE,
  },
  candlestick: {
    options: {
      annotations: ANNOTATIONS,
      candleStyle: 'candles',
      colorStrategy: 'open-close',
      colors: { down: 'red', flat: 'gray', up: 'green' },
      includeAllFields: false,
      legend: LEGEND,
      mode: 'candles+volume',
      tooltip: TOOLTIP,
    },
    custom: LINES,
    color: PALETTE,
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
      legend: { show: true, placement: 'bottom' },
      rowsFrame: { layout: 'auto' },
      selectionMode: 'x',
      showValue: 'auto',
      tooltip: { mode: 'single', showColorScale: false, yHistogram: false },
      yAxis: { axisPlacement: 'left', reverse: false },
    },
    custom: { hideFrom: HIDE_FROM, scaleDistribution: { type: 'linear' } },
  },
  histogram: {
    options: { bucketCount: 30, bucketOffset: 0, combine: false, legend: LEGEND, tooltip: TOOLTIP },
    custom: { ...BARS, stacking: NO_STACKING },
    color: PALETTE,
  },
  piechart: {
    options: {
      legend: LEGEND,
      // Not an option of Grafana's, but one that the SDK writes.
      orientation: 'auto',
      pieType: 'pie',
      reduceOptions: REDUCE,
      sort: 'desc',
      tooltip: TOOLTIP,
    },
    custom: { hideFrom: HIDE_FROM },
    color: PALETTE,
  },
  'state-timeline': {
    options: {
      alignValue: 'left',
      annotations: ANNOTATIONS,
      legend: LEGEND,
      mergeValues: true,
      rowHeight: 0.9,
      showValue: 'auto',
      tooltip: TOOLTIP,
    },
    custom: {
      axisPlacement: 'auto',
      fillOpacity: 70,
      hideFrom: HIDE_FROM,
      insertNulls: false,
      lineWidth: 0,
      spanNulls: false,
    },
    color: { mode: 'continuous-GrYlRd' },
  },
  'status-history': {
    options: { colWidth: 0.9, legend: LEGEND, rowHeight: 0.9, showValue: 'auto', tooltip: TOOLTIP },
    custom: { axisPlacement: 'auto', fillOpacity: 70, hideFrom: HIDE_FROM, lineWidth: 1 },
    color: BY_THRESHOLDS,
  },
  timeseries: {
    options: { annotations: ANNOTATIONS, legend: LEGEND, tooltip: TOOLTIP },
    custom: LINES,
    color: PALETTE,
  },
  trend: { options: { legend: LEGEND, tooltip: TOOLTIP }, custom: LINES, color: PALETTE },
  xychart: {
    options: { legend: LEGEND, mapping: 'auto', tooltip: TOOLTIP },
    custom: {
      ...AXIS,
      fillOpacity: 50,
      pointShape: 'circle',
      pointSize: { fixed: 5 },
      pointStrokeWidth: 1,
      show: 'points',
    },
    color: PALETTE,
  },
};
