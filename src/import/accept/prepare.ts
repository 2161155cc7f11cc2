import { PANEL_NOTES, VARIABLE_NOTES } from '../../diff/filled-in.ts';
import { type Json, objectOf, objectsOf, textOf } from '../../diff/json.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import { datasourceOf, type References } from './datasource-reference.ts';
import { migrateDashboard } from './migrate/migrate-dashboard.ts';
import { withPlaces } from './places.ts';
import { prepareQueries } from './prepare-queries.ts';
import { without } from './without.ts';

/** A dashboard as a definition can say it, and what was changed for that. */
export interface Prepared {
  readonly dashboard: Json;
  readonly notes: readonly string[];
}

/** Types of panels that show no thresholds, whatever their field settings say. */
const WITHOUT_THRESHOLDS = new Set(
  'text logs news dashlist annolist alertlist nodeGraph piechart traces flamegraph welcome gettingstarted pluginlist row'.split(
    ' ',
  ),
);

/** What Grafana takes where nothing is said. */
const GREEN_AND_RED: Json = {
  mode: 'absolute',
  steps: [
    { color: 'green', value: null },
    { color: 'red', value: 80 },
  ],
};

const GREEN: Json = { mode: 'absolute', steps: [{ color: 'green', value: null }] };

/**
 * Brings a classic dashboard of any age into the form of today, as Grafana does when it loads it, and leaves out what a
 * Grafana notes for itself. Each change that is more than a form is noted.
 */
export function prepare(original: Json, datasources: readonly ProvisionedDatasource[]): Prepared {
  const migrated = migrateDashboard(original);
  const notes = new Set(migrated.notes);
  const { id: _, version: __, iteration: ___, gnetId: ____, schemaVersion, ...rest } = migrated.dashboard;
  const dashboard = withPlaces(rest);
  const rows = objectsOf(dashboard.panels).filter(({ type }) => type === 'row');
  const context: Context = {
    datasources,
    notes,
    ids: new Set(),
    rowTitles: rows.map(({ title }) => title),
    freeIds: { next: highestId(dashboard) + 1 },
  };
  const templating = objectOf(dashboard.templating);
  const annotations = objectOf(dashboard.annotations);
  if (textOf(dashboard.uid) === undefined) notes.add('The dashboard had no uid: it got one from its title.');
  return {
    dashboard: {
      ...dashboard,
      uid: textOf(dashboard.uid) ?? slug(textOf(dashboard.title) ?? 'dashboard'),
      title: textOf(dashboard.title) ?? 'Untitled',
      schemaVersion,
      panels: objectsOf(dashboard.panels).map((panel) => preparePanel(panel, context)),
      ...(dashboard.links
        ? { links: objectsOf(dashboard.links).map((link) => ({ title: '', ...link })) }
        : {}),
      ...(templating
        ? {
            templating: {
              ...templating,
              list: objectsOf(templating.list).map((one) => prepareVariable(one, context)),
            },
          }
        : {}),
      ...(annotations
        ? {
            annotations: {
              ...annotations,
              list: objectsOf(annotations.list)
                .filter(({ builtIn, enable }) => builtIn !== 1 || enable === false)
                .map((one) => ({ ...one, ...datasourceOf(one.datasource, context) })),
            },
          }
        : {}),
    },
    notes: [...notes],
  };
}

/** A uid from a title. */
export function slug(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? ['dashboard'];
  return words.join('-').slice(0, 40).replace(/-+$/, '');
}

function highestId(dashboard: Json): number {
  const all = objectsOf(dashboard.panels).flatMap((panel) => [panel, ...objectsOf(panel.panels)]);
  return all.reduce((most, { id }) => Math.max(most, Number.isSafeInteger(id) ? Number(id) : 0), 0);
}

interface Context extends References {
  /** Ids of panels that were seen. */
  readonly ids: Set<unknown>;
  readonly rowTitles: readonly unknown[];
  /** What Grafana would count on with. */
  readonly freeIds: { next: number };
}

function preparePanel(panel: Json, context: Context): Json {
  if (panel.type === 'row') {
    const { title, collapsed, repeat, gridPos } = panel;
    // Nothing refers to a row by its id: where its title is its own it gets one from it.
    const isNamed =
      textOf(title) !== undefined && context.rowTitles.filter((one) => one === title).length === 1;
    return {
      ...(isNamed ? {} : ownId(panel, context)),
      type: 'row',
      title: textOf(title) ?? '',
      collapsed,
      ...(textOf(repeat) ? { repeat } : {}),
      gridPos,
      panels: objectsOf(panel.panels).map((inner) => preparePanel(inner, context)),
    };
  }
  const { id: _, targets, datasource, repeatDirection, ...rest } = without(panel, PANEL_NOTES);
  const hasQueries = objectsOf(targets).length > 0;
  const named = datasourceOf(datasource, context, hasQueries);
  const queries = prepareQueries(objectsOf(targets), named.datasource, context);
  const own = named.datasource === undefined ? sharedDatasource(queries) : named;
  const fieldConfig = objectOf(rest.fieldConfig);
  const type = textOf(rest.type) ?? 'text';
  return {
    ...withNames(rest, context.notes),
    type,
    // Grafana's editor leaves it when the repetition is taken away; without one it goes to the right.
    ...(textOf(rest.repeat) ? { repeatDirection: repeatDirection ?? 'h' } : {}),
    ...own,
    ...ownId(panel, context),
    ...(hasQueries ? { targets: queries } : {}),
    fieldConfig: {
      ...fieldConfig,
      defaults: withThresholds(objectOf(fieldConfig?.defaults) ?? {}, type),
    },
  };
}

/** Nobody means this: the SDK writes it where nothing is said (`src/definition/grafana-defaults.ts`). */
function withNames(panel: Json, notes: Set<string>): Json {
  const { xTickLabelMaxLength, ...options } = objectOf(panel.options) ?? {};
  if (panel.type !== 'barchart' || xTickLabelMaxLength !== 0) return panel;
  notes.add('Names of at most 0 letters in bar charts, which Grafana shows as "...", got any length.');
  return { ...panel, options };
}

/** Queries that all go to one place make it the panel's, which says nothing; of several it is a mixture. */
function sharedDatasource(queries: readonly Json[]): { datasource?: unknown } {
  const [first, ...others] = new Set(
    queries.flatMap(({ datasource }) => (datasource === undefined ? [] : [JSON.stringify(datasource)])),
  );
  if (first === undefined) return {};
  return { datasource: others.length > 0 ? { type: 'datasource', uid: '-- Mixed --' } : JSON.parse(first) };
}

/**
 * An id that is a positive whole number and no other panel's; without one the panel gets one from its key, or as in
 * Grafana the next one when it has no key: a row, or a panel without a title.
 */
function ownId({ id, title, type }: Json, { ids, notes, freeIds }: Context): { id?: number } {
  const isNamed = textOf(title) !== undefined && type !== 'row';
  const otherwise = (): { id?: number } => (isNamed ? {} : { id: freeIds.next++ });
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) return otherwise();
  if (ids.has(id)) {
    notes.add(`Two panels had the id ${id}: ${JSON.stringify(title ?? '')} gets another, as in Grafana.`);
    return otherwise();
  }
  ids.add(id);
  return { id };
}

function withThresholds(defaults: Json, type: string): Json {
  if (WITHOUT_THRESHOLDS.has(type)) return { ...defaults, thresholds: GREEN };
  const thresholds = objectOf(defaults.thresholds);
  if (!thresholds) return { ...defaults, thresholds: GREEN_AND_RED };
  const steps = objectsOf(thresholds.steps).map((step) => ({ ...step, value: step.value ?? null }));
  return { ...defaults, thresholds: { ...thresholds, mode: textOf(thresholds.mode) ?? 'absolute', steps } };
}

function prepareVariable(variable: Json, context: Context): Json {
  const { datasource } = variable;
  const isQuery = variable.type === 'query' || variable.type === 'adhoc';
  const known = datasource === undefined ? {} : datasourceOf(datasource, context, isQuery);
  return { ...without(variable, ['datasource', ...VARIABLE_NOTES]), ...known };
}
