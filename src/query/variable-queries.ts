import type { Variable } from '../model/dashboard.ts';
import type { TextRange } from '../model/source-file.ts';
import type { Workspace } from '../model/workspace.ts';
import { type ExpressionScope, scopeOf } from './expression-scope.ts';
import type { PromqlNode } from './promql-node.ts';
import { promqlTypeErrorIn } from './promql-type-error.ts';
import { readPromql } from './read-promql.ts';

/** What a query variable asks a Prometheus for. */
export interface VariableQuery {
  readonly variable: Variable;
  /** The selector, or the expression of `query_result(…)`. */
  readonly expression: PromqlNode;
  readonly scope: ExpressionScope;
  /** Where the expression begins in the text of the query. */
  readonly offset: number;
  /** The label whose values are wanted, with its place in the text of the query. */
  readonly label: { readonly name: string; readonly span: TextRange } | undefined;
}

/** The queries of a workspace's variables that name series: `label_values(up, job)`, `query_result(…)`, `up{job="a"}`. */
export function variableQueries(workspace: Workspace): readonly VariableQuery[] {
  return workspace.dashboards.flatMap(({ variables }) =>
    variables.flatMap((variable) => {
      if (variable.language !== 'promql') return [];
      const { start, end, label } = partsOf(variable.query ?? '');
      const expression = readPromql(variable.query?.slice(start, end) ?? '');
      if (!expression || promqlTypeErrorIn(expression)) return [];
      const scope = scopeOf(workspace, variable.datasource);
      return [{ variable, expression, scope, offset: start, label }];
    }),
  );
}

// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
const LABEL_VALUES = /^(\s*label_values\()(?:(.+)(,\s*))?(\w+)\)\s*$/s;
const QUERY_RESULT = /^(\s*query_result\()(.+)\)\s*$/s;
/** They ask for names, which stand in no expression. */
const NAMES = /^\s*(?:label_names|metrics)\(/;

function partsOf(query: string): TextRange & Pick<VariableQuery, 'label'> {
  const [, open, selector = '', comma = '', name] = LABEL_VALUES.exec(query) ?? [];
  if (open !== undefined && name !== undefined) {
    const end = open.length + selector.length;
    const from = end + comma.length;
    return { start: open.length, end, label: { name, span: { start: from, end: from + name.length } } };
  }
  const [, before, expression = ''] = QUERY_RESULT.exec(query) ?? [];
  if (before !== undefined)
    return { start: before.length, end: before.length + expression.length, label: undefined };
  return { start: 0, end: NAMES.test(query) ? 0 : query.length, label: undefined };
}
