import type { Rule } from '../../model/rule.ts';
import type { ExpressionScope } from '../../query/expression-scope.ts';
import { judgeSelector } from '../../query/judge-selector.ts';
import type { PromqlNode, Selector } from '../../query/promql-node.ts';
import { checkExpressionsInPanels } from '../check-expressions.ts';

/** A counter drawn over time as it is: a line that only rises and falls to zero with each restart. */
export const queryCounterWithoutRate: Rule = {
  id: 'query-counter-without-rate',
  summary: 'A counter is drawn over time without rate or increase',
  severity: 'style',
  fix: 'none',
  related: ['query-rate-over-gauge'],
  check: checkExpressionsInPanels((expression, scope, { panel, query }) => {
    if ((panel.type !== 'timeseries' && panel.type !== 'graph') || query.instant) return [];
    const selector = drawnSelector(expression);
    return selector && isCounter(selector, scope)
      ? [
          {
            message: `Raw counter ${selector.name} over time only rises: write rate(${selector.name}[$__rate_interval]) or increase()`,
            span: selector.nameSpan,
          },
        ]
      : [];
  }),
};

const SAME_VALUES = new Set([
  'sort',
  'sort_desc',
  'abs',
  'round',
  'ceil',
  'floor',
  'label_replace',
  'label_join',
]);

/** The selector whose samples are drawn as they are. A sum is a total that somebody asked for. */
function drawnSelector(node: PromqlNode): Selector | undefined {
  if (node.kind === 'selector') return node;
  if (node.kind === 'call' && SAME_VALUES.has(node.name)) return drawnSelector(node.args[0] ?? node);
  const isChoice = node.kind === 'aggregation' && (node.op === 'topk' || node.op === 'bottomk');
  const chosen = isChoice ? node.args[1] : undefined;
  return chosen && drawnSelector(chosen);
}

function isCounter(selector: Selector, scope: ExpressionScope): boolean {
  const { sources, mistake } = judgeSelector(scope, selector);
  return (
    !mistake &&
    sources.length > 0 &&
    sources.every(({ metric, part }) => metric.type === 'counter' || /^(?:bucket|sum|count)$/.test(part))
  );
}
