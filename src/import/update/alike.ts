import { type Json, objectOf, objectsOf } from '../../diff/json.ts';
import { panelsIn } from './written-panels.ts';

/**
 * What was saved in Grafana, without what saving alone changes: notes of panelproof that Grafana does not keep, and the
 * number of the lowest threshold, which holds from the lowest value whatever stands there (newer Grafanas write 0).
 */
export function alike(before: Json, saved: Json): Json {
  const known = new Map(panelsIn(before).map((panel) => [panel.id, panel]));
  const keep = (panel: Json): Json => {
    if (panel.type === 'row') return { ...panel, panels: objectsOf(panel.panels).map(keep) };
    const { panelproof } = known.get(panel.id) ?? {};
    return { ...withLowest(panel), ...(panelproof === undefined ? {} : { panelproof }) };
  };
  return { ...saved, panels: objectsOf(saved.panels).map(keep) };
}

function withLowest(panel: Json): Json {
  const fieldConfig = objectOf(panel.fieldConfig);
  const defaults = objectOf(fieldConfig?.defaults);
  const thresholds = objectOf(defaults?.thresholds);
  const [lowest, ...steps] = objectsOf(thresholds?.steps);
  if (!lowest) return panel;
  const shown = { ...thresholds, steps: [{ ...lowest, value: null }, ...steps] };
  return { ...panel, fieldConfig: { ...fieldConfig, defaults: { ...defaults, thresholds: shown } } };
}
