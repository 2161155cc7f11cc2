import { type Json, objectOf, objectsOf } from '../../src/diff/json.ts';

/**
 * What Grafana 12 saves when a provisioned dashboard is opened, edited and saved: every option of every panel is written
 * out, keys are in another order, the version and the built-in annotations are there.
 */
export function savedInGrafana(dashboard: Json): string {
  const annotations = objectsOf(objectOf(dashboard.annotations)?.list);
  const saved = {
    ...dashboard,
    annotations: { list: [BUILT_IN, ...annotations] },
    fiscalYearStartMonth: 0,
    id: 17,
    panels: objectsOf(dashboard.panels).map(savedPanel),
    preload: false,
    schemaVersion: 42,
    timepicker: {},
    version: 3,
    weekStart: '',
  };
  return JSON.stringify(sorted(saved), undefined, 2);
}

const BUILT_IN = {
  builtIn: 1,
  datasource: { type: 'grafana', uid: '-- Grafana --' },
  enable: true,
  hide: true,
  iconColor: 'rgba(0, 211, 255, 1)',
  name: 'Annotations & Alerts',
  type: 'dashboard',
};

const HIDE_FROM = { legend: false, tooltip: false, viz: false };

const CUSTOM: Readonly<Record<string, Json>> = {
  timeseries: {
    axisBorderShow: false,
    axisCenteredZero: false,
    axisColorMode: 'text',
    axisLabel: '',
    axisPlacement: 'auto',
    barAlignment: 0,
    barWidthFactor: 0.6,
    drawStyle: 'line',
    fillOpacity: 0,
    gradientMode: 'none',
    hideFrom: HIDE_FROM,
    insertNulls: false,
    lineInterpolation: 'linear',
    lineWidth: 1,
    pointSize: 5,
    scaleDistribution: { type: 'linear' },
    showPoints: 'auto',
    showValues: false,
    spanNulls: false,
    stacking: { group: 'A', mode: 'none' },
    thresholdsStyle: { mode: 'off' },
  },
  table: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false },
  heatmap: { hideFrom: HIDE_FROM, scaleDistribution: { type: 'linear' } },
};

const OPTIONS: Readonly<Record<string, Json>> = {
  timeseries: {
    legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true },
    tooltip: { hideZeros: false, mode: 'single', sort: 'none' },
  },
  stat: {
    colorMode: 'value',
    graphMode: 'area',
    justifyMode: 'auto',
    orientation: 'auto',
    percentChangeColorMode: 'standard',
    reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    showPercentChange: false,
    textMode: 'auto',
    wideLayout: true,
  },
  bargauge: { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false } },
  heatmap: {
    color: { mode: 'scheme', scale: 'exponential' },
    rowsFrame: { layout: 'auto' },
    tooltip: { mode: 'single', showColorScale: false, yHistogram: false },
    yAxis: { axisPlacement: 'left', reverse: false },
  },
  logs: { enableInfiniteScrolling: false },
  table: { cellHeight: 'sm', showHeader: true },
};

function savedPanel(panel: Json): Json {
  if (panel.type === 'row') return { ...panel, panels: objectsOf(panel.panels).map(savedPanel) };
  const { panelproof: _, ...kept } = panel;
  const type = String(panel.type);
  const fieldConfig = objectOf(panel.fieldConfig) ?? {};
  const defaults = objectOf(fieldConfig.defaults) ?? {};
  const mode = type === 'timeseries' ? 'palette-classic' : 'thresholds';
  return {
    ...kept,
    fieldConfig: {
      defaults: {
        ...(['logs', 'heatmap', 'text'].includes(type) ? {} : { color: { mode }, mappings: [] }),
        ...defaults,
        ...(CUSTOM[type] ? { custom: over(CUSTOM[type], objectOf(defaults.custom) ?? {}) } : {}),
        thresholds: withBaseOfZero(objectOf(defaults.thresholds) ?? {}),
      },
      overrides: fieldConfig.overrides ?? [],
    },
    options: over(OPTIONS[type] ?? {}, objectOf(panel.options) ?? {}),
    pluginVersion: '12.2.0',
    ...(panel.targets === undefined
      ? {}
      : { targets: objectsOf(panel.targets).map((target) => ({ editorMode: 'code', ...target })) }),
  };
}

function withBaseOfZero(thresholds: Json): Json {
  const [base, ...steps] = objectsOf(thresholds.steps);
  return { mode: 'absolute', ...thresholds, steps: [{ color: 'green', ...base, value: 0 }, ...steps] };
}

/** What is said, over what is usual. */
function over(usual: Json, said: Json): Json {
  const merged: Record<string, unknown> = { ...usual };
  for (const [key, value] of Object.entries(said)) {
    const [inner, more] = [objectOf(merged[key]), objectOf(value)];
    merged[key] = inner && more ? over(inner, more) : value;
  }
  return merged;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  const json = objectOf(value);
  if (!json) return value;
  return Object.fromEntries(
    Object.keys(json)
      .sort()
      .map((key) => [key, sorted(json[key])]),
  );
}
