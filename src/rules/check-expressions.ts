import type { Panel, PanelQuery } from '../model/dashboard.ts';
import type { Severity } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Location, TextRange } from '../model/source-file.ts';
import type { Workspace } from '../model/workspace.ts';
import { type ExpressionScope, scopeOf } from '../query/expression-scope.ts';
import type { PromqlNode } from '../query/promql-node.ts';
import { promqlTypeErrorIn } from '../query/promql-type-error.ts';
import { readPromql } from '../query/read-promql.ts';

/** What a rule says of one expression. */
export interface ExpressionMistake {
  readonly message: string;
  /** The span in the expression's text. */
  readonly span: TextRange;
  /** A place outside of the expression's text; wins over `span`. */
  readonly at?: Location;
  readonly severity?: Severity;
  readonly related?: readonly { readonly at: Location; readonly message: string }[];
  readonly suggestions?: readonly string[];
}

/** Where an expression stands, for rules that compare it with its panel. */
export interface ExpressionPlace {
  readonly panel: Panel;
  readonly query: PanelQuery;
}

/** A rule's view of one expression in what is known of its series. */
type JudgeExpression = (expression: PromqlNode, scope: ExpressionScope) => readonly ExpressionMistake[];

/** A rule's view of one expression in its panel. */
type JudgeInPanel = (
  expression: PromqlNode,
  scope: ExpressionScope,
  place: ExpressionPlace,
) => readonly ExpressionMistake[];

/** The check of a rule that looks at nothing but PromQL expressions; equal ones are judged once. */
export function checkExpressions(judge: JudgeExpression): Rule['check'] {
  const known = new WeakMap<ExpressionScope, Map<PromqlNode, readonly ExpressionMistake[]>>();
  return checkExpressionsInPanels((expression, scope) => {
    const ofScope = known.get(scope) ?? new Map<PromqlNode, readonly ExpressionMistake[]>();
    known.set(scope, ofScope);
    const mistakes = ofScope.get(expression) ?? judge(expression, scope);
    ofScope.set(expression, mistakes);
    return mistakes;
  });
}

/** The check of a rule that compares PromQL expressions with their panels. */
export function checkExpressionsInPanels(judge: JudgeInPanel): Rule['check'] {
  return (workspace, report) => {
    for (const { panels } of workspace.dashboards)
      for (const panel of panels)
        for (const query of panel.queries) {
          if (query.language !== 'promql') continue;
          const expression = readPromql(query.expr);
          // What Prometheus refuses has its finding; what it would find is beside the point.
          if (!expression || promqlTypeErrorIn(expression)) continue;
          for (const { span, ...mistake } of judge(expression, scopeOf(workspace, query.datasource), {
            panel,
            query,
          }))
            report({ ...mistake, at: mistake.at ?? placeInExpression(workspace, query, span) });
        }
  };
}

/** The place of a span of a query's text in the file. */
export function placeInExpression(
  workspace: Workspace,
  { exprAt, expr }: PanelQuery,
  span: TextRange,
): Location {
  const file = workspace.files.get(exprAt.file);
  if (file?.format !== 'json' || !exprAt.path) return exprAt;
  const { start, end } = file.rangeOf(exprAt.path);
  const literal = file.text.slice(start, end);
  if (!literal.startsWith('"')) return exprAt;
  const offsets = escapedOffsets(literal);
  if (offsets.length !== expr.length + 1) return exprAt;
  const at = (index: number) => start + (offsets[Math.min(index, expr.length)] ?? 0);
  return { ...exprAt, range: { start: at(span.start), end: at(span.end) } };
}

/** Where each character of a JSON string stands in its literal, and where it ends. */
function escapedOffsets(literal: string): readonly number[] {
  const offsets: number[] = [];
  let at = 1;
  while (at < literal.length - 1) {
    offsets.push(at);
    if (literal[at] !== '\\') at += 1;
    else at += literal[at + 1] === 'u' ? 6 : 2;
  }
  offsets.push(literal.length - 1);
  return offsets;
}
