import type { Rule } from '../model/rule.ts';
import type { ExpressionScope } from '../query/expression-scope.ts';
import { judgeSelector, type SelectorMistake } from '../query/judge-selector.ts';
import { type PromqlNode, selectorsIn } from '../query/promql-node.ts';
import { checkExpressions, type ExpressionMistake } from './check-expressions.ts';
import { checkVariableQueries } from './check-variable-queries.ts';

/** What a rule adds to a selector's mistake. */
type Told = Omit<ExpressionMistake, 'span'>;

/** The check of a rule that speaks of one kind of a selector's mistakes, in panels and in variables. */
export function checkSelectors<Kind extends SelectorMistake['kind']>(
  kinds: readonly Kind[],
  tell: (mistake: Extract<SelectorMistake, { kind: Kind }>, scope: ExpressionScope) => Told,
): Rule['check'] {
  const judge = (expression: PromqlNode, scope: ExpressionScope) =>
    selectorsIn(expression).flatMap((selector) => {
      const { mistake } = judgeSelector(scope, selector);
      return mistake && isOneOf(mistake, kinds) ? [{ ...tell(mistake, scope), span: mistake.span }] : [];
    });
  const inPanels = checkExpressions(judge);
  const inVariables = checkVariableQueries(({ expression, scope }) => judge(expression, scope));
  return (workspace, report) => {
    inPanels(workspace, report);
    inVariables(workspace, report);
  };
}

function isOneOf<Kind extends SelectorMistake['kind']>(
  mistake: SelectorMistake,
  kinds: readonly Kind[],
): mistake is Extract<SelectorMistake, { kind: Kind }> {
  return kinds.some((kind) => kind === mistake.kind);
}

/** Where a server's scrape jobs stand, for findings that rest on them. */
export function scrapedHere({ prometheus }: ExpressionScope, job?: string): ExpressionMistake['related'] {
  const jobs = prometheus?.jobs ?? [];
  const found = jobs.find(({ name }) => name === job) ?? jobs[0];
  if (!found) return [];
  return [
    { at: found.at, message: job === found.name ? `scrape job "${job}"` : 'the scrape jobs begin here' },
  ];
}
