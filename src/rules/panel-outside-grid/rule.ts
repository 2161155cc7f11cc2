import type { Rule } from '../../model/rule.ts';

/** Columns of Grafana's grid. */
const COLUMNS = 24;

/** A panel that reaches beyond the grid's 24 columns: Grafana squeezes or moves it. */
export const panelOutsideGrid: Rule = {
  id: 'panel-outside-grid',
  summary: 'A panel reaches beyond the 24 columns of the grid',
  severity: 'style',
  fix: 'none',
  related: ['panel-overlap'],
  check(workspace, report) {
    for (const panel of workspace.dashboards.flatMap(({ panels }) => panels)) {
      const { gridPos } = panel;
      if (!gridPos) continue;
      const { x, y, w, h } = gridPos;
      if (x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= COLUMNS) continue;
      report({
        message: `Panel "${panel.title}" lies outside the grid: columns ${x} to ${x + w} of ${COLUMNS}, ${w} wide and ${h} high at row ${y}`,
        at: { file: panel.at.file, path: [...panel.path, 'gridPos'] },
      });
    }
  },
};
