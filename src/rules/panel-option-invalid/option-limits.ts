/** Values that an option can have: a range of numbers, or a closed set. */
export type OptionLimit =
  | { readonly least: number; readonly most: number }
  | { readonly values: readonly string[] };

const LEGEND = {
  'options.legend.displayMode': { values: ['list', 'table', 'hidden'] },
  'options.legend.placement': { values: ['bottom', 'right'] },
  'options.tooltip.mode': { values: ['single', 'multi', 'none'] },
  'options.tooltip.sort': { values: ['asc', 'desc', 'none'] },
} as const satisfies Record<string, OptionLimit>;

const LINES = {
  'fieldConfig.defaults.custom.fillOpacity': { least: 0, most: 100 },
  'fieldConfig.defaults.custom.lineWidth': { least: 0, most: 10 },
  'fieldConfig.defaults.custom.pointSize': { least: 1, most: 40 },
  'fieldConfig.defaults.custom.drawStyle': { values: ['line', 'bars', 'points'] },
  'fieldConfig.defaults.custom.lineInterpolation': {
    values: ['linear', 'smooth', 'stepBefore', 'stepAfter'],
  },
  'fieldConfig.defaults.custom.showPoints': { values: ['auto', 'always', 'never'] },
} as const satisfies Record<string, OptionLimit>;

const VALUE = {
  'options.orientation': { values: ['auto', 'horizontal', 'vertical'] },
  'fieldConfig.defaults.decimals': { least: 0, most: 100 },
} as const satisfies Record<string, OptionLimit>;

/** Limits by visualization and option path, as the panels' editors have them (Grafana 10 to 13). */
export const OPTION_LIMITS: {
  readonly [type: string]: { readonly [option: string]: OptionLimit } | undefined;
} = {
  timeseries: { ...LEGEND, ...LINES, 'fieldConfig.defaults.decimals': { least: 0, most: 100 } },
  barchart: { ...LEGEND, 'fieldConfig.defaults.custom.fillOpacity': { least: 0, most: 100 } },
  stat: {
    ...VALUE,
    'options.graphMode': { values: ['none', 'area', 'line'] },
    'options.colorMode': { values: ['none', 'value', 'background', 'background_solid'] },
    'options.textMode': { values: ['auto', 'value', 'value_and_name', 'name', 'none'] },
    'options.justifyMode': { values: ['auto', 'center'] },
  },
  gauge: VALUE,
  bargauge: { ...VALUE, 'options.displayMode': { values: ['basic', 'gradient', 'lcd'] } },
  logs: { 'options.sortOrder': { values: ['Ascending', 'Descending'] } },
};
