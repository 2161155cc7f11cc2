import type { Rule } from '../../model/rule.ts';

/** Two queries of a panel with one refId: their results are mixed up, and the API refuses the request. */
export const queryRefidDuplicate: Rule = {
  id: 'query-refid-duplicate',
  summary: 'Two queries of a panel have the same refId',
  severity: 'style',
  fix: 'none',
  grafanaLogs: ['query.duplicateRefId'],
  check(workspace, report) {
    for (const panel of workspace.dashboards.flatMap(({ panels }) => panels)) {
      const seen = new Set<string>();
      for (const { refId, at } of panel.queries) {
        if (refId === undefined || refId === '') continue;
        if (seen.has(refId))
          report({
            message: `Duplicate refId "${refId}" in panel "${panel.title}"`,
            at: { file: at.file, path: [...(at.path ?? []), 'refId'] },
          });
        seen.add(refId);
      }
    }
  },
};
