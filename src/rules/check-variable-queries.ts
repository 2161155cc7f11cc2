import type { Rule } from '../model/rule.ts';
import { type VariableQuery, variableQueries } from '../query/variable-queries.ts';
import type { ExpressionMistake } from './check-expressions.ts';
import { placeInText } from './place-in-text.ts';

/** The check of a rule that looks at what query variables ask a Prometheus for; spans are those of the expression. */
export function checkVariableQueries(
  judge: (query: VariableQuery) => readonly ExpressionMistake[],
): Rule['check'] {
  return (workspace, report) => {
    for (const query of variableQueries(workspace))
      for (const { span, at, ...mistake } of judge(query)) {
        const { queryAt, query: text = '' } = query.variable;
        const inText = { start: span.start + query.offset, end: span.end + query.offset };
        report({ ...mistake, at: at ?? placeInText(workspace.files, queryAt, text, inText) });
      }
  };
}
