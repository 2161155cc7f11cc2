import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import type { ExpressionScope } from '../../query/expression-scope.ts';
import { isUnknownLabel, judgeSelector } from '../../query/judge-selector.ts';
import type { MetricSource } from '../../query/metric-sources.ts';
import { nodesIn, type PromqlNode, selectorsIn } from '../../query/promql-node.ts';
import { resultLabels } from '../../query/result-labels.ts';
import { checkExpressions, type ExpressionMistake } from '../check-expressions.ts';
import { checkSelectors } from '../check-selectors.ts';
import { checkVariableQueries } from '../check-variable-queries.ts';

/** A matcher or a `by` names a label that the metric does not have. */
export const queryLabelUnknown: Rule = {
  id: 'query-label-unknown',
  summary:
    'A query matches or groups by a label that the metric does not have, or a variable wants its values',
  severity: 'data',
  fix: 'none',
  related: ['query-label-value-unknown', 'query-legend-label-missing'],
  check(workspace, report) {
    inSelectors(workspace, report);
    inGroupings(workspace, report);
    inLabelValues(workspace, report);
  },
};

const inSelectors = checkSelectors(['label-unknown'], ({ label, sources }, scope) => ({
  message: unknownLabel(label, sources, scope),
}));

const inGroupings = checkExpressions((expression, scope) =>
  nodesIn(expression).flatMap((node) => unknownGroupings(node, scope)),
);

/** The label whose values a variable wants. */
const inLabelValues = checkVariableQueries(({ expression, scope, label, offset }) => {
  const sources = selectorsIn(expression).flatMap((selector) => judgeSelector(scope, selector).sources);
  if (!label || !isUnknownLabel(label.name, sources)) return [];
  const span = { start: label.span.start - offset, end: label.span.end - offset };
  return [{ message: unknownLabel(label.name, sources, scope), span }];
});

/** Labels of `by` that none of the series in it can have. What is inside another mistake says nothing. */
function unknownGroupings(node: PromqlNode, scope: ExpressionScope): ExpressionMistake[] {
  const vector = node.kind === 'aggregation' && node.grouping?.mode === 'by' ? node.args.at(-1) : undefined;
  if (node.kind !== 'aggregation' || !node.grouping || !vector) return [];
  const verdicts = selectorsIn(vector).map((selector) => judgeSelector(scope, selector));
  const sources = verdicts.flatMap((verdict) => verdict.sources);
  if (sources.length === 0 || verdicts.some(({ mistake }) => mistake)) return [];
  const { possible } = resultLabels(scope, vector);
  return node.grouping.labels.flatMap(({ name, span }) =>
    possible && !possible.has(name) && isUnknownLabel(name, sources)
      ? [{ message: unknownLabel(name, sources, scope), span }]
      : [],
  );
}

function unknownLabel(
  label: string,
  sources: readonly MetricSource[],
  { logLabels }: ExpressionScope,
): string {
  const families = [...new Set(sources.map(({ family }) => family))].join(' and ');
  const known = [...new Set(sources.flatMap(({ labels }) => [...labels.keys()]))];
  const message = `Unknown label ${label} of ${families}${nearestHint(label, known)}`;
  return logLabels.has(label)
    ? `${message}; ${label} is a label of Loki's streams, set by the log pipeline`
    : message;
}
