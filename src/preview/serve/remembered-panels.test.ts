import { expect, test } from 'vitest';
import type { Panel } from '../../model/dashboard.ts';
import type { DrawnPanel } from '../model.ts';
import { type DrawContext, drawPanel } from '../panels/draw-panel.ts';
import { rememberedPanels } from './remembered-panels.ts';

const panel: DrawnPanel = {
  panel: {
    title: 'Up',
    type: 'stat',
    path: ['panels', 0],
    json: { title: 'Up', type: 'stat' },
  } as never as Panel,
  box: { x: 0, y: 0, width: 300, height: 200 },
  data: { kind: 'empty', notes: [] },
  findings: [],
};
const context: DrawContext = { theme: 'dark', range: { from: 0, to: 60_000, timeZone: 'UTC' } };

test.each<[string, Partial<DrawnPanel>, Partial<DrawContext>]>([
  ['nothing', {}, {}],
  ['data', { data: { kind: 'empty', notes: ['Not in the recording'] } }, {}],
  ['findings', { findings: ['Unknown metric'] }, {}],
  ['place', { box: { x: 0, y: 40, width: 300, height: 200 } }, {}],
  ['theme', {}, { theme: 'light' }],
  ['definition', { panel: { ...panel.panel, title: 'Down', json: { title: 'Down', type: 'stat' } } }, {}],
])('a panel of which %s has changed is what it would be drawn anew', (_, change, more) => {
  const draw = rememberedPanels();
  draw(panel, context);
  const changed = { ...panel, ...change };
  expect(draw(changed, { ...context, ...more })).toBe(drawPanel(changed, { ...context, ...more }));
});
