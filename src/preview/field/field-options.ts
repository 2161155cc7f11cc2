import type { Panel } from '../../model/dashboard.ts';
import type { Series } from '../model.ts';
import { type Json, list, number, object, text } from './json.ts';

/** How the numbers of one series are shown: the panel's defaults with the overrides that match the series. */
export interface FieldOptions {
  readonly unit: string | undefined;
  readonly decimals: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** What stands where there is no value. */
  readonly noValue: string | undefined;
  readonly displayName: string | undefined;
  readonly colorMode: string;
  readonly fixedColor: string | undefined;
  readonly thresholds: Thresholds;
  readonly mappings: readonly Json[];
  /** What only one kind of panel knows: `fieldConfig.defaults.custom`. */
  readonly custom: Json;
}

/** From which values on which colour holds. */
export interface Thresholds {
  readonly mode: 'absolute' | 'percentage';
  /** By rising value; the first holds from minus infinity. */
  readonly steps: readonly ThresholdStep[];
}

/** One step: its colour holds from `value` on. */
export interface ThresholdStep {
  readonly value: number;
  readonly color: string;
}

/** What Grafana takes where a panel says nothing. */
const DEFAULT_STEPS: readonly ThresholdStep[] = [
  { value: Number.NEGATIVE_INFINITY, color: 'green' },
  { value: 80, color: 'red' },
];

/** By kind of panel: how Grafana colours what says nothing; `thresholds` where it is not here. */
const DEFAULT_COLOR_MODES: ReadonlyMap<string, string> = new Map([
  ...['timeseries', 'graph', 'piechart', 'barchart', 'histogram'].map(
    (type) => [type, 'palette-classic'] as const,
  ),
  ['state-timeline', 'continuous-GrYlRd'],
]);

/** The options of a series, or of the panel as a whole without one. */
export function fieldOptions(panel: Panel, series?: Series): FieldOptions {
  const config = object(panel.json.fieldConfig);
  const merged: Record<string, unknown> = { ...object(config.defaults) };
  const custom: Record<string, unknown> = { ...object(merged.custom) };
  for (const override of series ? list(config.overrides) : []) {
    const { matcher, properties } = object(override);
    if (!series || !matches(object(matcher), series)) continue;
    for (const property of list(properties)) {
      const { id, value } = object(property);
      if (typeof id !== 'string') continue;
      if (id.startsWith('custom.')) custom[id.slice('custom.'.length)] = value;
      else merged[id] = value;
    }
  }
  const color = object(merged.color);
  return {
    unit: text(merged.unit),
    decimals: number(merged.decimals),
    min: number(merged.min),
    max: number(merged.max),
    noValue: text(merged.noValue),
    displayName: text(merged.displayName),
    colorMode: text(color.mode) ?? DEFAULT_COLOR_MODES.get(panel.type) ?? 'thresholds',
    fixedColor: text(color.fixedColor),
    thresholds: readThresholds(object(merged.thresholds)),
    mappings: list(merged.mappings).map(object),
    custom,
  };
}

function readThresholds({ mode, steps }: Json): Thresholds {
  const read = list(steps).map((step, index) => ({
    value: index === 0 ? Number.NEGATIVE_INFINITY : (number(object(step).value) ?? Number.NEGATIVE_INFINITY),
    color: text(object(step).color) ?? 'green',
  }));
  return {
    mode: mode === 'percentage' ? 'percentage' : 'absolute',
    steps: read.length === 0 ? DEFAULT_STEPS : read.sort((a, b) => a.value - b.value),
  };
}

function matches({ id, options }: Json, { name, refId }: Series): boolean {
  switch (id) {
    case 'byName':
      return options === name;
    case 'byNames':
      return list(object(options).names).includes(name);
    case 'byFrameRefID':
      return options === refId;
    case 'byType':
      return options === 'number';
    case 'byRegexp':
      return typeof options === 'string' && matchesPattern(options, name);
    default:
      return false;
  }
}

/** As `/pattern/flags` or the pattern alone. What is no pattern matches nothing. */
export function matchesPattern(pattern: string, name: string): boolean {
  const [, body = pattern, flags = ''] = /^\/(.*)\/([gimsuy]*)$/.exec(pattern) ?? [];
  // A dashboard that nobody trusts must not be able to keep the program busy for ever.
  if (body.length > 200 || /[+*}]\)?[+*{]/.test(body)) return false;
  try {
    return new RegExp(body, flags.replace('g', '')).test(name.slice(0, 500));
  } catch {
    return false;
  }
}
