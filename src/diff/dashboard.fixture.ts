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
