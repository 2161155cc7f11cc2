import { below, dashboardOf, panelOf, row, withVariable } from './dashboard.fixture.ts';
import { type Kind, PANEL_KINDS } from './panel-kinds.fixture.ts';

/** Changes of every kind. */
export const KINDS: readonly Kind[] = [
  ...PANEL_KINDS,
  [
    'a row around panels that stay where they are',
    dashboardOf({ panels: [panelOf({ gridPos: below })] }),
    dashboardOf({ panels: [row(), panelOf({ gridPos: below })] }),
    '1 row added\n+ row "Dice"',
    '1 row removed\n- row "Dice"',
  ],
  [
    'a row that is folded',
    dashboardOf({ panels: [row(), panelOf({ gridPos: below })] }),
    dashboardOf({ panels: [row({ collapsed: true, panels: [panelOf({ gridPos: below })] })] }),
    '1 row changed\n~ row "Dice"\n    collapsed: default → on',
    '1 row changed\n~ row "Dice"\n    collapsed: on → default',
  ],
  [
    'a panel in another row',
    dashboardOf({ panels: [panelOf({ gridPos: below }), row({ gridPos: { x: 0, y: 9, w: 24, h: 1 } })] }),
    dashboardOf({ panels: [row({ gridPos: { x: 0, y: 0, w: 24, h: 1 } }), panelOf({ gridPos: below })] }),
    '1 row moved, 1 panel moved\n~ row "Dice"\n    moved 9 up\n~ panel "Rate"\n    moved from no row to row Dice',
    '1 row moved, 1 panel moved\n~ panel "Rate"\n    moved from row Dice to no row\n~ row "Dice"\n    moved 9 down',
  ],
  [
    'an added variable',
    dashboardOf({ templating: { list: [] } }),
    dashboardOf(),
    '1 variable added\n+ variable "job" (query)\n    query: label_values(job)',
    '1 variable removed\n- variable "job" (query)\n    query: label_values(job)',
  ],
  [
    'the query of a variable',
    dashboardOf(),
    withVariable({ query: 'label_values(up, job)' }),
    '1 variable changed\n~ variable "job" (query)\n    query: label_values({+up, +}job)',
    '1 variable changed\n~ variable "job" (query)\n    query: label_values([-up, -]job)',
  ],
  [
    'a renamed variable',
    dashboardOf(),
    withVariable({ name: 'service' }),
    '1 variable renamed\n~ variable "service" (query)\n    renamed: job → service',
    '1 variable renamed\n~ variable "job" (query)\n    renamed: service → job',
  ],
  [
    'the default value of a variable',
    dashboardOf(),
    withVariable({ multi: true, current: { text: 'dice', value: ['dice'], selected: true } }),
    '1 variable changed\n~ variable "job" (query)\n    default value: default → dice\n    multi: default → on',
    '1 variable changed\n~ variable "job" (query)\n    default value: dice → default\n    multi: on → default',
  ],
  [
    'an annotation',
    dashboardOf(),
    dashboardOf({
      annotations: { list: [{ name: 'Deploys', expr: 'deploys', datasource: { uid: 'prom' } }] },
    }),
    '1 annotation added\n+ annotation "Deploys"\n    query: deploys',
    '1 annotation removed\n- annotation "Deploys"\n    query: deploys',
  ],
  [
    'a link',
    dashboardOf({ links: [{ title: 'Runbook', type: 'link', url: 'https://one' }] }),
    dashboardOf({ links: [{ title: 'Runbook', type: 'link', url: 'https://two' }] }),
    '1 link changed\n~ link "Runbook"\n    url: https://one → https://two',
    '1 link changed\n~ link "Runbook"\n    url: https://two → https://one',
  ],
  [
    'the time range and the refresh',
    dashboardOf(),
    dashboardOf({ time: { from: 'now-6h', to: 'now' }, refresh: '30s' }),
    'refresh, time range\n~ dashboard\n    refresh: default → 30s\n    time range from: now-15m → default',
    'refresh, time range\n~ dashboard\n    refresh: 30s → default\n    time range from: default → now-15m',
  ],
  [
    'the title, description and tags of the dashboard',
    dashboardOf(),
    dashboardOf({ title: 'Dice', description: 'All of them', tags: ['b', 'a'] }),
    'renamed, description, tags\n~ dashboard\n    renamed: Rolls → Dice\n    description: default → All of them\n    tags: default → a, b',
    'renamed, description, tags\n~ dashboard\n    renamed: Dice → Rolls\n    description: All of them → default\n    tags: a, b → default',
  ],
  [
    'another uid, which breaks links to the dashboard',
    dashboardOf(),
    dashboardOf({ uid: 'dice' }),
    'uid\n~ dashboard\n    uid: rolls → dice',
    'uid\n~ dashboard\n    uid: dice → rolls',
  ],
];
