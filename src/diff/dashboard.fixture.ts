import type { Json } from './json.ts';

/** A dashboard of tests, its parts replaced by `changes`. */
export function dashboardOf(changes: Json = {}): Json {
  return {
    uid: 'rolls',
    title: 'Rolls',
    schemaVersion: 39,
    time: { from: 'now-15m', to: 'now' },
    templating: { list: [variableOf()] },
    panels: [panelOf()],
    ...changes,
  };
}

/** Its panel. */
export function panelOf(changes: Json = {}): Json {
  return {
    id: 1,
    type: 'timeseries',
    title: 'Rate',
    datasource: { type: 'prometheus', uid: 'prom' },
    gridPos: { x: 0, y: 0, w: 12, h: 8 },
    targets: [queryOf()],
    fieldConfig: { defaults: { unit: 'short' }, overrides: [] },
    options: { legend: { placement: 'right' } },
    ...changes,
  };
}

/** Its query. */
export function queryOf(changes: Json = {}): Json {
  return { refId: 'A', expr: 'rate(rolls_total[1m])', legendFormat: '{{die}}', ...changes };
}

/** Its variable. */
export function variableOf(changes: Json = {}): Json {
  return { name: 'job', type: 'query', query: 'label_values(job)', ...changes };
}

/** With these field settings. */
export const field = (defaults: Json) => dashboardOf({ panels: [panelOf({ fieldConfig: { defaults } })] });
/** With a panel that differs. */
export const withPanel = (changes: Json) => dashboardOf({ panels: [panelOf(changes)] });
/** With a query that differs. */
export const withQuery = (changes: Json) => withPanel({ targets: [queryOf(changes)] });
/** With a variable that differs. */
export const withVariable = (changes: Json) => dashboardOf({ templating: { list: [variableOf(changes)] } });
/** With overrides. */
export const overriding = (...overrides: Json[]) =>
  withPanel({ fieldConfig: { defaults: { unit: 'short' }, overrides } });
/** An override of a colour. */
export const override = (name: string, value: unknown) => ({
  matcher: { id: 'byName', options: name },
  properties: [{ id: 'color', value }],
});
/** A row. */
export const row = (changes: Json = {}) => ({
  id: 9,
  type: 'row',
  title: 'Dice',
  gridPos: { x: 0, y: 0, w: 24, h: 1 },
  ...changes,
});
/** The place below a row. */
export const below = { x: 0, y: 1, w: 12, h: 8 };
/** A second panel. */
export const second = panelOf({
  id: 2,
  title: 'Errors',
  gridPos: { x: 0, y: 8, w: 12, h: 8 },
  targets: [queryOf({ expr: 'errors' })],
});
