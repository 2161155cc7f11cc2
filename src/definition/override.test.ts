import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { expect, test } from 'vitest';
import { compileDashboard } from './compile.ts';
import { dashboard } from './dashboard.ts';
import { grid, row, section } from './layout.ts';
import { fromJson, override } from './override.ts';

const compiled = (options: Partial<Parameters<typeof dashboard>[0]>) =>
  compileDashboard(dashboard({ uid: 'x', title: 'X', panels: {}, ...options })).json;

test('A patch merges objects, replaces the rest and takes away what it calls undefined', () => {
  const stat = new Stat().title('Up').unit('short');
  const { panels } = compiled({
    panels: { up: override(stat, { options: { extra: [1], wideLayout: undefined }, title: 'Down' }) },
  }) as { panels: { title: string; options: Record<string, unknown> }[] };
  expect(panels[0]?.title).toBe('Down');
  expect(panels[0]?.options.extra).toEqual([1]);
  expect(panels[0]?.options).not.toHaveProperty('wideLayout');
  expect(panels[0]?.options.colorMode).toBe('value');
  expect(stat.build().title).toBe('Up');
});

test('A key named __proto__ stays a key', () => {
  const patch = JSON.parse('{"options":{"__proto__":{"polluted":true}}}') as Record<string, unknown>;
  const built = override(new Stat(), patch).build();
  expect(JSON.stringify(built)).toContain('"__proto__":{"polluted":true}');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('A panel that no builder makes is given as JSON', () => {
  const { panels } = compiled({ panels: { alerts: fromJson({ type: 'alertlist', title: 'Alerts' }) } });
  expect(panels).toMatchObject([{ type: 'alertlist', title: 'Alerts', gridPos: { w: 12 } }]);
});

test('A dashboard takes settings that it has no option for', () => {
  expect(compiled({ override: { editable: false, refresh: undefined, liveNow: true } })).toMatchObject({
    editable: false,
    liveNow: true,
  });
  expect(compiled({ override: { refresh: undefined } })).not.toHaveProperty('refresh');
});

test('A grid places panels below what stands above it, also in a section', () => {
  const stat = () => new Stat();
  const { panels } = compiled({
    panels: { top: stat(), tall: stat(), a: stat(), b: stat() },
    layout: [
      row(3, 'top'),
      section('More', [grid({ tall: [0, 0, 12, 8], a: [12, 0, 6, 4], b: [14, 4, 10, 4] })], {
        repeat: 'die',
        id: 7,
      }),
    ],
  }) as { panels: { id: number; type: string; gridPos: unknown; repeat?: string }[] };
  expect(panels.map(({ gridPos }) => gridPos)).toEqual([
    { x: 0, y: 0, w: 24, h: 3 },
    { x: 0, y: 3, w: 24, h: 1 },
    { x: 0, y: 4, w: 12, h: 8 },
    { x: 12, y: 4, w: 6, h: 4 },
    { x: 14, y: 8, w: 10, h: 4 },
  ]);
  expect(panels[1]).toMatchObject({ type: 'row', id: 7, repeat: 'die' });
  expect(() => grid({ wide: [20, 0, 12, 4] })).toThrow('within 24 columns');
});
