import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import { isUnknownLabel, judgeSelector } from '../../query/judge-selector.ts';
import { nodesIn, selectorsIn } from '../../query/promql-node.ts';
import { resultLabels } from '../../query/result-labels.ts';
import { checkExpressionsInPanels } from '../check-expressions.ts';

/** A legend shows a label that the result does not have: Grafana leaves its place empty. */
export const queryLegendLabelMissing: Rule = {
  id: 'query-legend-label-missing',
  summary: 'The legend shows a label that the result of the query does not have',
  severity: 'style',
  fix: 'none',
  related: ['query-label-unknown'],
  check: checkExpressionsInPanels((expression, scope, { query }) => {
    const shown = [...(query.legend ?? '').matchAll(/\{\{\s*([a-zA-Z_]\w*)\s*\}\}/g)].map(
      ([, name = '']) => name,
    );
    if (shown.length === 0) return [];
    const at = { file: query.at.file, path: [...(query.at.path ?? []), 'legendFormat'] };
    // One wrong name in the expression and in its legend is one mistake.
    const verdicts = selectorsIn(expression).map((selector) => judgeSelector(scope, selector));
    if (verdicts.some(({ mistake }) => mistake)) return [];
    const sources = verdicts.flatMap((verdict) => verdict.sources);
    const grouped = nodesIn(expression).flatMap((node) =>
      node.kind === 'aggregation' ? (node.grouping?.labels ?? []) : [],
    );
    const { possible } = resultLabels(scope, expression);
    return [...new Set(shown)].flatMap((name) => {
      if (!possible || possible.has(name) || name === '__name__') return [];
      if (grouped.some((label) => label.name === name) && isUnknownLabel(name, sources)) return [];
      const left =
        possible.size === 0 ? ', the result has no labels' : nearestHint(name, [...possible].sort());
      return [
        {
          message: `Missing label ${name} in the legend "${query.legend}"${left}`,
          at,
          span: expression.span,
        },
      ];
    });
  }),
};
