import { type Json, objectOf, objectsOf } from '../../../diff/json.ts';
import { splitStatistics } from './split-statistics.ts';
import { withCells, withMappings, withXAxis } from './upgrade-fields.ts';
import { withFieldLabels, withLinks, withSeriesNames } from './upgrade-links.ts';

/** Before this schema version, what Grafana does to a panel when it loads it. */
interface Upgrade {
  readonly before: number;
  readonly upgrade: (panel: Json) => Json;
}

/**
 * What Grafana's migrations by schema version do to a panel, up to version 38: that is the version of the JSON that
 * definitions compile to, so that Grafana does the later ones itself.
 */
const UPGRADES: readonly Upgrade[] = [
  { before: 17, upgrade: withMaxPerRow },
  { before: 18, upgrade: withGaugeOptions },
  { before: 19, upgrade: withLinks },
  { before: 20, upgrade: withSeriesNames },
  { before: 21, upgrade: withFieldLabels },
  { before: 26, upgrade: (panel) => (panel.type === 'text2' ? { ...panel, type: 'text' } : panel) },
  { before: 30, upgrade: withMappings },
  { before: 30, upgrade: withTooltip },
  { before: 31, upgrade: withMerge },
  { before: 34, upgrade: splitStatistics },
  { before: 35, upgrade: withXAxis },
  { before: 37, upgrade: withLegend },
  { before: 38, upgrade: withCells },
];

/** A panel as Grafana has it after loading a dashboard of a schema version. */
export function upgradePanel(panel: Json, version: number): Json {
  return UPGRADES.reduce((made, { before, upgrade }) => (version < before ? upgrade(made) : made), panel);
}

/** The least width of a repeated panel became how many stand beside each other. */
function withMaxPerRow({ minSpan, ...panel }: Json): Json {
  if (typeof minSpan !== 'number' || minSpan <= 0) return panel;
  const most = [1, 2, 3, 4, 6, 8, 12, 24].findLast((count) => count <= 24 / minSpan);
  return { ...panel, maxPerRow: most ?? 1 };
}

function withGaugeOptions({ 'options-gauge': old, ...panel }: Json): Json {
  const gauge = objectOf(old);
  if (!gauge) return panel;
  const { options: _, unit, stat, decimals, prefix, suffix, thresholds, ...rest } = gauge;
  const reversed = Array.isArray(thresholds) ? { thresholds: thresholds.toReversed() } : {};
  return {
    ...panel,
    options: { ...rest, ...reversed, valueOptions: { unit, stat, decimals, prefix, suffix } },
  };
}

function withTooltip(panel: Json): Json {
  const { tooltipOptions, ...options } = objectOf(panel.options) ?? {};
  if (!tooltipOptions || !['timeseries', 'xychart', 'xychart2'].includes(String(panel.type))) return panel;
  return { ...panel, options: { ...options, tooltip: tooltipOptions } };
}

/** Labels as fields were merged of themselves. */
function withMerge(panel: Json): Json {
  if (!Array.isArray(panel.transformations)) return panel;
  const transformations = objectsOf(panel.transformations).flatMap((one) =>
    one.id === 'labelsToFields' ? [one, { id: 'merge', options: {} }] : [one],
  );
  return { ...panel, transformations };
}

function withLegend(panel: Json): Json {
  const options = objectOf(panel.options);
  const legend = objectOf(options?.legend);
  if (!legend) return panel;
  const isHidden = legend.displayMode === 'hidden' || legend.showLegend === false;
  const made = isHidden ? { displayMode: 'list', showLegend: false } : { showLegend: true };
  return { ...panel, options: { ...options, legend: { ...legend, ...made } } };
}
