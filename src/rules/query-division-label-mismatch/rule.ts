import type { Rule } from '../../model/rule.ts';
import { judgeSelector } from '../../query/judge-selector.ts';
import { type BinaryOperation, nodesIn, selectorsIn } from '../../query/promql-node.ts';
import { type ResultLabels, resultLabels } from '../../query/result-labels.ts';
import { checkExpressions } from '../check-expressions.ts';

/** The two sides of a division have labels that never agree: no series finds its partner, and nothing comes out. */
export const queryDivisionLabelMismatch: Rule = {
  id: 'query-division-label-mismatch',
  summary: 'No series of a division can find its partner on the other side',
  severity: 'data',
  fix: 'none',
  related: ['query-label-unknown'],
  check: checkExpressions((expression, scope) =>
    nodesIn(expression).flatMap((node) => {
      if (node.kind !== 'binary' || node.op !== '/') return [];
      if (selectorsIn(node).some((selector) => judgeSelector(scope, selector).mistake)) return [];
      const [left, right] = [resultLabels(scope, node.left), resultLabels(scope, node.right)];
      const reason = whyNot(left, right, node);
      return reason === undefined
        ? []
        : [{ message: `Unmatched division: ${reason}, so no series finds its partner`, span: node.span }];
    }),
  ),
};

/** Why no series of the two sides can pair; undefined when some may. */
function whyNot(left: ResultLabels, right: ResultLabels, { matching }: BinaryOperation): string | undefined {
  if (matching?.isOpen) return undefined;
  const named = new Set(matching?.labels.map(({ name }) => name));
  const counts = (label: string) => (matching?.mode === 'on' ? named.has(label) : !named.has(label));
  const missing = (one: ResultLabels, other: ResultLabels) =>
    [...one.always].find((label) => counts(label) && other.possible?.has(label) === false);
  const onLeft = missing(left, right);
  if (onLeft !== undefined) return `the left side has the label ${onLeft}, the right side has not`;
  const onRight = missing(right, left);
  if (onRight !== undefined) return `the right side has the label ${onRight}, the left side has not`;
  for (const [label, value] of left.fixed) {
    const other = right.fixed.get(label);
    if (other !== undefined && other !== value && counts(label))
      return `${label} is "${value}" on the left side and "${other}" on the right side`;
  }
  return undefined;
}
