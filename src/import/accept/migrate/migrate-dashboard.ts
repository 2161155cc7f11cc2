import { type Json, objectOf, objectsOf } from '../../../diff/json.ts';
import { newLosses } from '../losses.ts';
import { migratePanel } from './migrate-panel.ts';
import type { Migration } from './migration.ts';
import { withGrid } from './old-rows.ts';
import { upgradeVariable } from './upgrade-variable.ts';

/** A dashboard of any age in the form that Grafana gives it when it loads it, and what was changed and dropped. */
export function migrateDashboard(original: Json): {
  readonly dashboard: Json;
  readonly notes: readonly string[];
} {
  const version = typeof original.schemaVersion === 'number' ? original.schemaVersion : 0;
  const migration: Migration = { version, notes: new Set(), dropped: newLosses(), annotations: [] };
  const { notes, annotations } = migration;
  if (Array.isArray(original.rows)) notes.add('Rows of 12 columns became the grid of 24.');
  const gridded =
    Array.isArray(original.rows) && !Array.isArray(original.panels) ? withGrid(original) : original;
  const { rows: _, sharedCrosshair, ...dashboard } = gridded;
  const panels = withoutRepeated(objectsOf(dashboard.panels), migration).map((panel) =>
    migrateAll(panel, migration),
  );
  const templating = objectOf(dashboard.templating);
  return {
    dashboard: {
      ...dashboard,
      ...(version < 14 && sharedCrosshair === true ? { graphTooltip: 1 } : {}),
      panels,
      ...(templating
        ? {
            templating: {
              ...templating,
              list: objectsOf(templating.list).map((one) => upgradeVariable(one, version)),
            },
          }
        : {}),
      ...(annotations.length > 0
        ? { annotations: { list: [...objectsOf(objectOf(dashboard.annotations)?.list), ...annotations] } }
        : {}),
    },
    notes: [...notes, ...migration.dropped.list()],
  };
}

function migrateAll(panel: Json, migration: Migration): Json {
  if (panel.type !== 'row') return migratePanel(panel, migration);
  return { ...panel, panels: objectsOf(panel.panels).map((inner) => migratePanel(inner, migration)) };
}

/** Before schema version 27 copies of repeated panels were saved with the dashboard. */
function withoutRepeated(panels: readonly Json[], { version, notes }: Migration): readonly Json[] {
  if (version >= 27) return panels;
  const isCopy = ({ repeatPanelId, repeatByRow }: Json) => Boolean(repeatPanelId || repeatByRow);
  const own = panels
    .filter((panel) => !isCopy(panel))
    .map((panel) =>
      panel.type === 'row' && Array.isArray(panel.panels)
        ? { ...panel, panels: objectsOf(panel.panels).filter((inner) => !isCopy(inner)) }
        : panel,
    );
  if (own.length < panels.length)
    notes.add('Copies of repeated panels were left out: Grafana makes them anew.');
  return own;
}
