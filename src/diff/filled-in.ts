import type { Json } from './json.ts';

/**
 * What Grafana takes for settings that a dashboard leaves out: the front end's models and the panels' option defaults,
 * Grafana 11 and 12. Saving in the browser writes them out, which changes nothing.
 */
export const DASHBOARD_DEFAULTS: Json = {
  editable: true,
  fiscalYearStartMonth: 0,
  graphTooltip: 0,
  liveNow: false,
  preload: false,
  refresh: false,
  style: 'dark',
  time: { from: 'now-6h', to: 'now' },
  timepicker: { hidden: false },
};

/** What a Grafana counts or notes for itself: the row in its database, the version that saved last. */
export const DASHBOARD_NOTES: readonly string[] = [
  'id',
  'version',
  'iteration',
  'schemaVersion',
  '__requires',
  'gnetId',
];

/** The same for panels. */
export const PANEL_NOTES: readonly string[] = [
  'pluginVersion',
  'scopedVars',
  'repeatIteration',
  'repeatPanelId',
];

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
  heatmap: { options: { showValue: 'auto', selectionMode: 'x' } },
  barchart: { custom: { ...AXIS, fillOpacity: 80, gradientMode: 'none', lineWidth: 1 } },
  piechart: { custom: { hideFrom: HIDE_FROM }, color: { mode: 'palette-classic' } },
};

const made = new Map<string, Json>();

/** What a panel of a type takes for what it leaves out. */
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

/** Of a query. `editorMode`, `key` and the like are the editor's own state. */
export const QUERY_DEFAULTS: Json = {
  hide: false,
  instant: false,
  range: true,
  exemplar: false,
  format: 'time_series',
  intervalFactor: 1,
  useBackend: false,
  fullMetaSearch: false,
  includeNullMetadata: true,
  disableTextWrap: false,
};

/** What the query editor notes for itself. */
export const QUERY_NOTES: readonly string[] = [
  'editorMode',
  'key',
  'requestId',
  'datasourceErrors',
  'errors',
];

/** Of a variable. */
export const VARIABLE_DEFAULTS: Json = {
  hide: 0,
  includeAll: false,
  multi: false,
  refresh: 1,
  skipUrlSync: false,
  sort: 0,
  allowCustomValue: true,
  useTags: false,
  auto: false,
  auto_count: 30,
  auto_min: '10s',
};

/** Lists of values that Grafana derives from the variable's query. */
export const VARIABLE_NOTES: readonly string[] = [
  'options',
  'definition',
  'tagValuesQuery',
  'tagsQuery',
  'tags',
];

/** Of an annotation query; `builtIn` ones are made anew where they are missing. */
export const ANNOTATION_DEFAULTS: Json = { enable: true, hide: false, builtIn: 0, type: 'dashboard' };

/** Of a dashboard link. */
export const LINK_DEFAULTS: Json = {
  asDropdown: false,
  includeVars: false,
  keepTime: false,
  targetBlank: false,
  icon: 'external link',
  type: 'link',
};

/** Of a datasource in a provisioning file. */
export const DATASOURCE_DEFAULTS: Json = {
  access: 'proxy',
  orgId: 1,
  isDefault: false,
  editable: false,
  basicAuth: false,
  withCredentials: false,
};

/** Of a dashboard provider. */
export const PROVIDER_DEFAULTS: Json = {
  type: 'file',
  orgId: 1,
  disableDeletion: false,
  editable: false,
  allowUiUpdates: false,
  updateIntervalSeconds: 10,
  options: { foldersFromFilesStructure: false },
};
