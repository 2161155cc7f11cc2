import type { Json } from '../../diff/json.ts';
import { migrateGraph } from './migrate-graph.ts';
import { migrateSinglestat } from './migrate-singlestat.ts';

/** A panel of a type that Grafana 12 no longer has, as the type that took its place; others as they are. */
export function migratePanel(panel: Json, notes: Set<string>): Json {
  switch (panel.type) {
    case 'graph':
      notes.add('Panels of type graph became time series; look at their axes and overrides.');
      return migrateGraph(panel);
    case 'singlestat':
    case 'grafana-singlestat-panel':
      notes.add('Panels of type singlestat became stat or gauge.');
      return migrateSinglestat(panel);
    default:
      return panel;
  }
}
