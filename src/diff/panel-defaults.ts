import { CHART_DEFAULTS } from './chart-defaults.ts';
import type { Json } from './json.ts';
import { OTHER_DEFAULTS } from './other-defaults.ts';

const TYPES = { ...CHART_DEFAULTS, ...OTHER_DEFAULTS };

const made = new Map<string, Json>();

/**
 * What a panel of a type takes for what it leaves out: the panels' option defaults, Grafana 11 to 13. Saving in the
 * browser writes them out, which changes nothing.
 */
export function panelDefaults(type: string): Json {
  const known = made.get(type);
  if (known) return known;
  const isKnown = Object.hasOwn(TYPES, type);
  const { options, custom, color } = (isKnown ? TYPES[type] : undefined) ?? {};
  const defaults = { thresholds: THRESHOLDS, custom, color, unitScale: true };
  const all: Json = { ...PANEL, options, fieldConfig: { defaults } };
  // Types come from files: there is no end to them.
  if (isKnown) made.set(type, all);
  return all;
}

const PANEL: Json = { transparent: false, hideTimeOverride: false };
const THRESHOLDS: Json = {
  mode: 'absolute',
  steps: [{ color: 'green' }, { color: 'red', value: 80 }],
};
