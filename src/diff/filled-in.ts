import type { Json } from './json.ts';

/**
 * What Grafana takes for settings that a dashboard leaves out: the front end's models, Grafana 11 and 12. Saving in the
 * browser writes them out, which changes nothing.
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

/** Of a variable of a type. */
export function variableDefaults({ type }: Json): Json {
  return type === 'interval' ? INTERVAL_DEFAULTS : VARIABLE_DEFAULTS;
}

const VARIABLE_DEFAULTS: Json = {
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

/** Grafana writes `refresh: 2` for every one. */
const INTERVAL_DEFAULTS: Json = { ...VARIABLE_DEFAULTS, refresh: 2 };

/** Lists of values that Grafana derives from the variable's query. */
export const VARIABLE_NOTES: readonly string[] = [
  'options',
  'definition',
  'tagValuesQuery',
  'tagsQuery',
  'tags',
];

/** Of an annotation query; `builtIn` ones are made anew where they are missing. */
export const ANNOTATION_DEFAULTS: Json = {
  enable: true,
  hide: false,
  builtIn: 0,
  type: 'dashboard',
  instant: false,
  showIn: 0,
};

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
