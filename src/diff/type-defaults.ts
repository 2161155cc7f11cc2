import type { Json } from './json.ts';

/** What Grafana takes for options and fields of one visualization that a panel leaves out. */
export interface TypeDefaults {
  readonly options?: Json;
  readonly custom?: Json;
  readonly color?: Json;
}

// What several types share.
export const LEGEND: Json = { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true };
export const TOOLTIP: Json = { mode: 'single', sort: 'none', hideZeros: false };
export const REDUCE: Json = { calcs: ['lastNotNull'], fields: '', values: false };
/** `graph` was the name of `viz` in Grafana 7. */
export const HIDE_FROM: Json = { legend: false, tooltip: false, viz: false, graph: false };
export const PALETTE: Json = { mode: 'palette-classic' };
export const BY_THRESHOLDS: Json = { mode: 'thresholds' };

/** By the type of the panel. Some name what only newer versions know: for an older one it is nothing. */
export type DefaultsByType = { readonly [type: string]: TypeDefaults | undefined };
