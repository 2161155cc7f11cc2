import type { Rule } from '../model/rule.ts';
import type { ExpressionScope } from '../query/expression-scope.ts';
import { judgeSelector, type SelectorMistake } from '../query/judge-selector.ts';
import { selectorsIn } from '../query/promql-node.ts';
import { checkExpressions, type ExpressionMistake } from './check-expressions.ts';

/** What a rule adds to a selector's mistake. */
type Told = Omit<ExpressionMistake, 'span'>;

/** The check of a rule that speaks of one kind of a selector's mistakes. */
export function checkSelectors<Kind extends SelectorMistake['kind']>(
  kinds: readonly Kind[],
  tell: (mistake: Extract<SelectorMistake, { kind: Kind }>, scope: ExpressionScope) => Told,
): Rule['check'] {
  return checkExpressions((expression, scope) =>
    selectorsIn(expression).flatMap((selector) => {
      const { mistake } = judgeSelector(scope, selector);
      return mistake && isOneOf(mistake, kinds) ? [{ ...tell(mistake, scope), span: mistake.span }] : [];
    }),
  );
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
