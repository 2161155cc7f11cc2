import type { DrawnPanel } from '../model.ts';
import { type DrawContext, drawPanel } from '../panels/draw-panel.ts';

/** More pictures of panels than these are not kept: some dashboards in some widths and themes. */
const MOST = 500;

/** Draws panels, but one that is as it was only once: definition, data, place and all. */
export function rememberedPanels(): typeof drawPanel {
  const drawn = new Map<string, string>();
  return (panel: DrawnPanel, context: DrawContext) => {
    const { path, json } = panel.panel;
    const key = JSON.stringify([path, json, panel.box, panel.data, panel.findings, context]);
    const svg = drawn.get(key) ?? drawPanel(panel, context);
    // The last one used is the last one to go.
    drawn.delete(key);
    drawn.set(key, svg);
    for (const oldest of drawn.keys()) {
      if (drawn.size <= MOST) break;
      drawn.delete(oldest);
    }
    return svg;
  };
}
