import type { Query } from '../../model/dashboard.ts';
import type { Rule } from '../../model/rule.ts';
import { LANGUAGE_NAMES } from '../../query/language-names.ts';
import { isInAnotherLanguage } from '../../query/other-language.ts';
import { promqlTypeErrorIn, promqlTypeOf } from '../../query/promql-type-error.ts';
import { queriesOf } from '../../query/queries-of.ts';
import { syntaxFaultIn } from '../../query/query-syntax.ts';
import { readPromql } from '../../query/read-promql.ts';

/** A query that its datasource refuses: it does not follow the grammar, or a function gets what it does not take. */
export const querySyntax: Rule = {
  id: 'query-syntax',
  summary: 'A query does not follow the grammar of its language, or a function gets what it does not take',
  severity: 'data',
  fix: 'none',
  related: ['query-language-mismatch'],
  grafanaLogs: ['parse error', 'bad_data: invalid parameter "query"', 'expected type'],
  check(workspace, report) {
    for (const query of queriesOf(workspace)) {
      const complaint = syntaxComplaint(query) ?? typeComplaint(query);
      if (complaint)
        report({
          message: `Malformed ${LANGUAGE_NAMES[query.language]}: ${complaint} of ${quoted(query.expr)}`,
          at: query.exprAt,
        });
    }
  },
};

function syntaxComplaint(query: Query): string | undefined {
  const fault = syntaxFaultIn(query.language, query.expr);
  if (!fault || isInAnotherLanguage(query)) return undefined;
  const at = `at character ${fault.start + 1}`;
  return fault.reason ? `${fault.reason}, ${at}` : `did not expect ${foundAt(query, fault.start)} ${at}`;
}

/** What the grammar takes and Prometheus refuses. */
function typeComplaint({ language, expr, instant }: Query): string | undefined {
  const expression = language === 'promql' ? readPromql(expr) : undefined;
  if (!expression) return undefined;
  const error = promqlTypeErrorIn(expression);
  if (error) return `${error.message}, at character ${error.span.start + 1}`;
  const type = promqlTypeOf(expression);
  const isDrawable = instant || (type !== 'range vector' && type !== 'string');
  return isDrawable
    ? undefined
    : `a panel over time needs an instant vector or a scalar, found a ${type}, at character 1`;
}

function foundAt({ expr }: Query, start: number): string {
  const rest = expr.slice(start).trimStart();
  return rest === '' ? 'its end' : JSON.stringify(/^(?:\w+|\W)/u.exec(rest)?.[0] ?? rest[0]);
}

function quoted(expr: string): string {
  const flat = expr.replace(/\s+/g, ' ');
  return `\`${flat.length > 100 ? `${flat.slice(0, 99)}…` : flat}\``;
}
