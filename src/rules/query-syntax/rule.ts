import type { PanelQuery } from '../../model/dashboard.ts';
import type { Rule } from '../../model/rule.ts';
import { LANGUAGE_NAMES } from '../../query/language-names.ts';
import { isInAnotherLanguage } from '../../query/other-language.ts';
import { syntaxErrorIn } from '../../query/query-syntax.ts';

/** A query that its datasource refuses to parse. */
export const querySyntax: Rule = {
  id: 'query-syntax',
  summary: 'A query does not follow the grammar of its language',
  severity: 'data',
  fix: 'none',
  related: ['query-language-mismatch'],
  grafanaLogs: ['parse error', 'bad_data: invalid parameter "query"'],
  check(workspace, report) {
    for (const { panels } of workspace.dashboards)
      for (const query of panels.flatMap((panel) => panel.queries)) {
        const error = syntaxErrorIn(query.language, query.expr);
        if (!error || query.language === 'unknown' || isInAnotherLanguage(query)) continue;
        report({
          message: `Malformed ${LANGUAGE_NAMES[query.language]}: did not expect ${foundAt(query, error.start)} at character ${error.start + 1} of ${quoted(query.expr)}`,
          at: query.exprAt,
        });
      }
  },
};

function foundAt({ expr }: PanelQuery, start: number): string {
  const rest = expr.slice(start).trimStart();
  return rest === '' ? 'its end' : JSON.stringify(/^(?:\w+|\W)/u.exec(rest)?.[0] ?? rest[0]);
}

function quoted(expr: string): string {
  const flat = expr.replace(/\s+/g, ' ');
  return `\`${flat.length > 100 ? `${flat.slice(0, 99)}…` : flat}\``;
}
