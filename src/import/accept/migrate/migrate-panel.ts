import type { Json } from '../../../diff/json.ts';
import { graphRegions } from './graph-regions.ts';
import { withoutLeftovers } from './leftovers.ts';
import { migrateFieldOptions } from './migrate-field-options.ts';
import { migrateGraph } from './migrate-graph.ts';
import { migrateSinglestat } from './migrate-singlestat.ts';
import { migrateTable } from './migrate-table.ts';
import type { Migration } from './migration.ts';
import { upgradePanel } from './upgrade-panel.ts';

/** A panel in the form of today: settings of older schema versions, and types that Grafana 12 no longer has. */
export function migratePanel(panel: Json, migration: Migration): Json {
  const migrated = migrateType(upgradePanel(panel, migration.version), migration);
  return withoutLeftovers(migrated, migration.notes);
}

function migrateType(panel: Json, migration: Migration): Json {
  const { notes, annotations, version } = migration;
  switch (panel.type) {
    case 'graph':
    case 'graphite': {
      notes.add('Panels of type graph became time series; look at their axes and overrides.');
      annotations.push(...graphRegions(panel));
      return migrateGraph(panel, migration);
    }
    case 'singlestat':
    case 'grafana-singlestat-panel':
      notes.add('Panels of type singlestat became stat or gauge.');
      return migrateSinglestat(panel, migration);
    case 'table-old':
    case 'table':
      // Today's table was `table2` for a while, and never had styles.
      if (
        panel.type === 'table' &&
        (version >= 24 || panel.table === 'table2' || !Array.isArray(panel.styles))
      )
        return panel;
      notes.add('Tables of before Grafana 7 became tables of today.');
      return migrateTable(panel, migration);
    default:
      return migrateFieldOptions(panel);
  }
}
