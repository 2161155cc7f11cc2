import type { GridPosition, Panel } from '../../model/dashboard.ts';
import type { Rule } from '../../model/rule.ts';

/** Two panels on the same cells of the grid: Grafana pushes one down, so the layout is not what the file says. */
export const panelOverlap: Rule = {
  id: 'panel-overlap',
  summary: 'Two panels lie on the same cells of the grid',
  severity: 'style',
  fix: 'none',
  related: ['panel-outside-grid'],
  check(workspace, report) {
    for (const { panels } of workspace.dashboards) {
      const open = panels.filter((panel) => !panel.collapsed && panel.gridPos && !panel.json.repeat);
      for (const [index, panel] of open.entries()) {
        const other = open.slice(0, index).find((earlier) => overlap(earlier.gridPos, panel.gridPos));
        if (!other) continue;
        report({
          message: `Panel "${panel.title}" overlaps panel "${other.title}"`,
          at: { file: panel.at.file, path: [...panel.path, 'gridPos'] },
          related: [{ at: placeOf(other), message: 'lies on the same cells' }],
        });
      }
    }
  },
};

function overlap(a: GridPosition | undefined, b: GridPosition | undefined): boolean {
  if (!a || !b) return false;
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function placeOf(panel: Panel) {
  return { file: panel.at.file, path: [...panel.path, 'gridPos'] };
}
