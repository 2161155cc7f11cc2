import type { Change } from './change.ts';
import type { ValueChange } from './value-changes.ts';

/** A property path and how Grafana's editor calls it; the longest that fits wins, what is below it is named after it. */
type Words = readonly (readonly [path: string, what: string])[];

/** Of panels. */
export const PANEL_WORDS: Words = [
  ['fieldConfig.defaults.custom', 'style'],
  ['fieldConfig.defaults.color', 'colour'],
  ['fieldConfig.defaults.mappings', 'value mappings'],
  ['fieldConfig.defaults.links', 'data links'],
  ['fieldConfig.defaults.thresholds', 'thresholds'],
  ['fieldConfig.defaults', ''],
  ['fieldConfig.overrides', 'override'],
  ['fieldConfig', ''],
  ['options.legend', 'legend'],
  ['options.tooltip', 'tooltip'],
  ['options', 'option'],
  ['datasource', 'data source'],
  ['timeFrom', 'time range'],
  ['timeShift', 'time shift'],
  ['interval', 'min interval'],
  ['maxDataPoints', 'max data points'],
  ['libraryPanel', 'library panel'],
];

/** Of queries. */
export const QUERY_WORDS: Words = [
  ['legendFormat', 'legend'],
  ['datasource', 'data source'],
  ['hide', 'hidden'],
  ['interval', 'min step'],
];

/** Of dashboards. */
export const DASHBOARD_WORDS: Words = [
  ['time', 'time range'],
  ['graphTooltip', 'shared tooltip'],
  ['timepicker', 'time picker'],
];

/** Of variables. */
export const VARIABLE_WORDS: Words = [
  ['current', 'default value'],
  ['datasource', 'data source'],
  ['includeAll', 'include all'],
  ['allValue', 'all value'],
];

/** Of entries of provisioning files. */
export const PROVISIONING_WORDS: Words = [
  ['options.path', 'path'],
  ['options', ''],
  ['jsonData', 'jsonData'],
  ['secureJsonData', 'secureJsonData'],
];

/** A difference of values in the words of Grafana's editor. */
export function inWords({ path, before, after }: ValueChange, words: Words): Change {
  const dotted = path.join('.');
  for (const [prefix, what] of words) {
    const isWhole = dotted === prefix;
    if (!isWhole && !dotted.startsWith(`${prefix}.`)) continue;
    const rest = path.slice(prefix.split('.').length);
    if (what !== '') return { kind: 'value', what, path: rest.join('.'), before, after };
    return { kind: 'value', what: rest[0] ?? prefix, path: rest.slice(1).join('.'), before, after };
  }
  return { kind: 'value', what: path[0] ?? 'value', path: path.slice(1).join('.'), before, after };
}
