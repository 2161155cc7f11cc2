import { type Json, objectOf, objectsOf } from '../../diff/json.ts';
import { sameJson } from '../../diff/same-json.ts';
import { PANEL_LINK } from '../code/express.ts';

/** What may differ between a dashboard and its definition, and why that shows nobody anything else. */
export const IGNORED: readonly string[] = [
  'the numeric id, the version and the schema version, which a Grafana counts for itself',
  'the order of panels in the file: they stand where they stood',
  'gaps above panels, which Grafana closes when it loads',
  'settings that equal what Grafana fills in',
  "what editors note for themselves: editor modes, steps of queries, lists of values that a variable's query gives",
  'ids of rows, to which nothing refers',
  'the built-in annotations, which Grafana adds where they are missing',
  'settings of links in panels that only links of dashboards have; thresholds of panels that show none',
];

/** A dashboard without what its panels' links cannot show. */
export function neutral(dashboard: Json): Json {
  return { ...dashboard, panels: objectsOf(dashboard.panels).map(neutralPanel) };
}

/** A panel without what its links cannot show. */
export function neutralPanel(panel: Json): Json {
  if (panel.type === 'row') return { ...panel, panels: objectsOf(panel.panels).map(neutralPanel) };
  const fieldConfig = objectOf(panel.fieldConfig);
  const defaults = objectOf(fieldConfig?.defaults);
  return {
    ...panel,
    ...(Array.isArray(panel.links) ? { links: panel.links.map(neutralLink) } : {}),
    ...(Array.isArray(defaults?.links)
      ? { fieldConfig: { ...fieldConfig, defaults: { ...defaults, links: defaults.links.map(neutralLink) } } }
      : {}),
  };
}

function neutralLink(link: unknown): unknown {
  const json = objectOf(link);
  if (!json) return link;
  return Object.fromEntries(Object.entries(json).filter(([key, value]) => !sameJson(PANEL_LINK[key], value)));
}
