import type { Rule } from '../../model/rule.ts';
import { LANGUAGE_NAMES } from '../../query/language-names.ts';
import { otherLanguageOf } from '../../query/other-language.ts';
import { defaultQueries } from '../default-queries.ts';

/** Plugins by the language they speak. */
const TYPES = { promql: 'prometheus', logql: 'loki', traceql: 'tempo', unknown: undefined } as const;

/** A panel without datasource goes to the default one, which speaks another language than its query. */
export const datasourceDefaultMismatch: Rule = {
  id: 'datasource-default-mismatch',
  summary: 'A panel names no datasource, and the default one speaks another language than its query',
  severity: 'data',
  fix: 'safe',
  related: ['datasource-default-missing', 'query-language-mismatch'],
  grafanaLogs: ['parse error'],
  check(workspace, report) {
    const { datasources } = workspace;
    for (const { query, panel, dashboard, orgId } of defaultQueries(workspace)) {
      const byDefault = datasources.find((datasource) => datasource.isDefault && datasource.orgId === orgId);
      const language = otherLanguageOf(query);
      if (!byDefault || !language) continue;
      const [only, second] = datasources.filter(
        (datasource) => datasource.type === TYPES[language] && datasource.orgId === orgId,
      );
      const isCertain = only && !second && panel.queries.length === 1;
      report({
        message: `Expected panel "${panel.title}" to name a datasource for its ${LANGUAGE_NAMES[language]}, found none: it goes to the default "${byDefault.name}", which takes ${LANGUAGE_NAMES[query.language]}`,
        at: query.exprAt,
        related: [{ at: byDefault.at, message: 'is the default' }],
        ...(isCertain &&
          dashboard.origin.kind === 'file' && {
            fix: {
              title: `Refer to "${only.name}", the only datasource of type ${only.type}`,
              safety: 'safe',
              edits: [
                {
                  kind: 'set',
                  file: dashboard.file,
                  path: [...panel.path, 'datasource'],
                  value: { type: String(only.type), uid: only.effectiveUid as string },
                },
              ],
            },
          }),
      });
    }
  },
};
