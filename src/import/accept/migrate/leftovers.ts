import { type Json, objectOf, textOf } from '../../../diff/json.ts';
import { GRAPH_ONLY } from './migrate-graph.ts';
import { SINGLESTAT_ONLY } from './migrate-singlestat.ts';

/** Panels of today, which read nothing but what they have in common, their options and their fields. */
const OF_TODAY = new Set(
  'barchart bargauge gauge histogram logs stat state-timeline status-history table text timeseries'.split(
    ' ',
  ),
);

/** What all panels have, and what editors noted in them. */
const COMMON = new Set('type options fieldConfig'.split(' '));
const NOTES = new Set('editable error isNew paceLength'.split(' '));

/** A panel without what a graph or a singlestat left in it before it became what it is, and what editors noted. */
export function withoutLeftovers(panel: Json, notes: Set<string>): Json {
  if (!OF_TODAY.has(String(panel.type))) return panel;
  const own = panel.type === 'text' ? withContent(panel) : panel;
  const isLeft = (key: string) => (GRAPH_ONLY.has(key) || SINGLESTAT_ONLY.has(key)) && !COMMON.has(key);
  const kept = Object.entries(own).filter(([key]) => !isLeft(key) && !NOTES.has(key));
  if (Object.keys(own).some(isLeft))
    notes.add('What an earlier type had left in panels was left out: they do not read it.');
  return Object.fromEntries(kept);
}

/** Before Grafana 7.1 a text stood in the panel itself. */
function withContent({ content, mode, ...panel }: Json): Json {
  const options = objectOf(panel.options) ?? {};
  if (typeof content !== 'string' || textOf(options.content)) return panel;
  return { ...panel, options: { ...options, mode: textOf(mode) ?? 'markdown', content } };
}
