import type { Rule } from '../../model/rule.ts';

/** A panel without a title: nobody can name it in a review or an incident. */
export const panelTitleMissing: Rule = {
  id: 'panel-title-missing',
  summary: 'A panel has no title',
  severity: 'style',
  fix: 'none',
  check(workspace, report) {
    for (const panel of workspace.dashboards.flatMap(({ panels }) => panels)) {
      // Text panels show their own words, and library panels have the title of the library.
      if (panel.title.trim() !== '' || panel.type === 'text' || panel.json.libraryPanel) continue;
      report({ message: `Expected the ${panel.type || 'untyped'} panel to have a title`, at: panel.at });
    }
  },
};
