import type { Rule } from '../../model/rule.ts';

/** Two panels with one id: Grafana renumbers one, and links to it break. */
export const panelIdDuplicate: Rule = {
  id: 'panel-id-duplicate',
  summary: 'Two panels of a dashboard have the same id, so links to one of them break',
  severity: 'style',
  fix: 'none',
  check(workspace, report) {
    for (const { panels, rows } of workspace.dashboards) {
      const first = new Map<number, (typeof panels)[number]>();
      for (const panel of [...rows, ...panels]) {
        if (panel.id === undefined) continue;
        const other = first.get(panel.id);
        if (!other) first.set(panel.id, panel);
        else
          report({
            message: `Duplicate panel id ${panel.id}: "${panel.title}" and "${other.title}"`,
            at: { file: panel.at.file, path: [...panel.path, 'id'] },
            related: [
              { at: { file: other.at.file, path: [...other.path, 'id'] }, message: 'has the same id' },
            ],
          });
      }
    }
  },
};
