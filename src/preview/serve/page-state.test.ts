import { expect, test } from 'vitest';
import { readDashboard } from '../../load/dashboard.ts';
import { sourceFile } from '../../load/source-file.ts';
import { drawPanel } from '../panels/draw-panel.ts';
import { pageState } from './page-state.ts';
import type { Snapshot } from './snapshot.ts';

const panel = { type: 'stat', targets: [{ refId: 'A', expr: 'up' }], gridPos: { x: 0, y: 0, w: 6, h: 4 } };

/** The page with a server whose answers change all the time. */
async function stateWith(titles: readonly string[], value: number) {
  const json = { uid: 'a', title: 'A', panels: titles.map((title) => ({ ...panel, title })) };
  const dashboard = readDashboard(sourceFile('a.json', JSON.stringify(json)), {
    datasources: [],
    originOf: () => ({ kind: 'file' }),
    readsResources: false,
  });
  const snapshot: Snapshot = {
    workspaces: [],
    dashboards: dashboard ? [dashboard] : [],
    catalogues: [],
    findings: [],
    isChecking: false,
    textOf: () => '',
  };
  const now = Date.UTC(2026, 0, 1);
  const ask = async () =>
    ({ kind: 'series', series: [{ labels: {}, times: [now], values: [value] }] }) as const;
  const data = { ask, name: 'localhost:9090', now, timeZone: 'UTC' };
  return await pageState(snapshot, { data, drawPanel }, new URLSearchParams());
}

test('a panel is another one when its definition is, not when a server answers something else', async () => {
  const before = await stateWith(['Up', 'Down'], 1);
  const later = await stateWith(['Up', 'Down'], 2);
  expect(later.svg).not.toBe(before.svg);
  expect(later.definitions).toEqual(before.definitions);
  const { definitions } = await stateWith(['Up', 'Below'], 2);
  expect(definitions['ppanels-0']).toBe(before.definitions['ppanels-0']);
  expect(definitions['ppanels-1']).not.toBe(before.definitions['ppanels-1']);
});
