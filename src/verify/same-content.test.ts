import { describe, expect, it } from 'vitest';
import { differences, migratedTo } from './same-content.ts';

const panel = {
  id: 2,
  type: 'timeseries',
  title: 'Rolls',
  transparent: false,
  datasource: 'Prometheus',
  gridPos: { x: 0, y: 1, w: 12, h: 8 },
  targets: [{ refId: 'A', expr: 'rolls' }],
  fieldConfig: { defaults: { custom: { hideFrom: { viz: true } } }, overrides: [] },
  transformations: [{ id: 'timeSeriesTable', options: { refIdToStat: { A: 'mean' } } }],
};
const file = {
  uid: 'lab',
  title: 'Lab',
  schemaVersion: 35,
  refresh: false,
  tags: [],
  panels: [{ id: 1, type: 'row', title: 'Row', collapsed: false, panels: [] }, panel],
};
const { transparent, ...kept } = panel;
/** What the migrations to 42 and the clean-up after them make of it. */
const migrated = {
  uid: 'lab',
  title: 'Lab',
  schemaVersion: 42,
  refresh: '',
  panels: [
    {
      id: 1,
      type: 'row',
      title: 'Row',
      datasource: { uid: 'prometheus' },
      targets: [{ refId: 'A' }],
      panels: [],
    },
    {
      ...kept,
      datasource: { type: 'prometheus', uid: 'prometheus', apiVersion: 'v1' },
      targets: [{ refId: 'A', expr: 'rolls', datasource: { type: 'prometheus', uid: 'prometheus' } }],
      fieldConfig: { defaults: { custom: { hideFrom: { viz: true, tooltip: true } } }, overrides: [] },
      transformations: [{ id: 'timeSeriesTable', options: { A: { stat: 'mean' } } }],
    },
  ],
};

describe('A dashboard that Grafana migrated', () => {
  it('has the same content', () => {
    expect(migratedTo(file, migrated)).toBe(42);
    expect(differences(file, migrated)).toEqual([]);
  });

  it('differs in a query, a title, a place and the number of panels all the same', () => {
    const [row, other] = migrated.panels;
    const changed = {
      ...other,
      title: 'Dice',
      gridPos: { x: 0, y: 1, w: 6, h: 8 },
      targets: [{ expr: 'dice' }],
    };
    expect(differences(file, { ...migrated, panels: [row, changed] })).toEqual([
      'panels.1.title',
      'panels.1.gridPos.w',
      'panels.1.targets.0.expr',
    ]);
    expect(differences(file, { ...migrated, panels: [row] })).toEqual(['panels']);
  });
});

describe('A dashboard that Grafana shows as its file has it', () => {
  const shown = { ...file, id: 7, version: 3 };

  it('is not migrated, and differs in every key that changed or went', () => {
    expect(migratedTo(file, shown)).toBeUndefined();
    expect(differences(file, shown)).toEqual([]);
    const { tags, ...without } = shown;
    expect(differences(file, { ...without, refresh: '5s' })).toEqual(['refresh', 'tags']);
    expect(
      differences(file, { ...shown, panels: [shown.panels[0], { ...panel, options: {}, datasource: null }] }),
    ).toEqual(['panels.1.datasource']);
  });
});
