import type { Rule } from '../../model/rule.ts';
import { LANGUAGE_NAMES } from '../../query/language-names.ts';
import { otherLanguageOf } from '../../query/other-language.ts';
import { queriesOf } from '../../query/queries-of.ts';

/** A query went to a datasource that speaks another language, such as PromQL to Loki. */
export const queryLanguageMismatch: Rule = {
  id: 'query-language-mismatch',
  summary: 'A query is written in another language than its datasource speaks',
  severity: 'data',
  fix: 'none',
  related: ['query-syntax', 'datasource-default-mismatch'],
  grafanaLogs: ['parse error'],
  check(workspace, report) {
    for (const query of queriesOf(workspace)) {
      // A reference that rests on the default datasource is a mistake of its own.
      const other = query.datasource.kind === 'default' ? undefined : otherLanguageOf(query);
      if (other)
        report({
          message: `Wrong datasource for a ${LANGUAGE_NAMES[other]} query: it goes to one that takes ${LANGUAGE_NAMES[query.language]}`,
          at: query.exprAt,
        });
    }
  },
};
