import type { Query } from '../model/dashboard.ts';
import type { Severity } from '../model/finding.ts';
import type { ReportedFinding, Rule } from '../model/rule.ts';
import type { Location, TextRange } from '../model/source-file.ts';
import type { Workspace } from '../model/workspace.ts';
import type { ExpressionScope } from '../query/expression-scope.ts';
import { type PanelPlace, placedExpressions } from '../query/placed-expressions.ts';
import type { PromqlNode } from '../query/promql-node.ts';
import { placeInText } from './place-in-text.ts';

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

/** A rule's view of one expression in what is known of its series. */
type JudgeExpression = (expression: PromqlNode, scope: ExpressionScope) => readonly ExpressionMistake[];

/** A rule's view of one expression in its panel. */
type JudgeInPanel = (
  expression: PromqlNode,
  scope: ExpressionScope,
  place: PanelPlace,
) => readonly ExpressionMistake[];

/** The check of a rule that looks at nothing but PromQL expressions; equal ones are judged once. */
export function checkExpressions(judge: JudgeExpression): Rule['check'] {
  return (workspace, report) => {
    for (const { expression, scope, inPanels, inAlertRules } of placedExpressions(workspace))
      for (const mistake of judge(expression, scope)) {
        for (const { query } of inPanels) report(findingAt(workspace, query, mistake));
        for (const query of inAlertRules) report(findingAt(workspace, query, mistake));
      }
  };
}

/** The check of a rule that compares PromQL expressions with their panels. */
export function checkExpressionsInPanels(judge: JudgeInPanel): Rule['check'] {
  return (workspace, report) => {
    for (const { expression, scope, inPanels } of placedExpressions(workspace))
      for (const place of inPanels)
        for (const mistake of judge(expression, scope, place))
          report(findingAt(workspace, place.query, mistake));
  };
}

function findingAt(
  workspace: Workspace,
  query: Query,
  { span, at, ...mistake }: ExpressionMistake,
): ReportedFinding {
  return { ...mistake, at: at ?? placeInText(workspace.files, query.exprAt, query.expr, span) };
}
