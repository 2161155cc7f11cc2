import type { Panel, PanelQuery } from '../model/dashboard.ts';
import type { Workspace } from '../model/workspace.ts';
import { type ExpressionScope, scopeOf } from './expression-scope.ts';
import type { PromqlNode } from './promql-node.ts';
import { promqlTypeErrorIn } from './promql-type-error.ts';
import { readPromql } from './read-promql.ts';

/** One expression in what is known of its series, and everywhere that it stands. */
export interface PlacedExpression {
  readonly expression: PromqlNode;
  readonly scope: ExpressionScope;
  readonly places: readonly ExpressionPlace[];
}

/** Where an expression stands. */
export interface ExpressionPlace {
  readonly panel: Panel;
  readonly query: PanelQuery;
}

const placed = new WeakMap<Workspace, readonly PlacedExpression[]>();

/**
 * The PromQL expressions of a workspace's panels, equal ones together. Those that Prometheus refuses are left out: they
 * have their finding, and what they would find is beside the point.
 */
export function placedExpressions(workspace: Workspace): readonly PlacedExpression[] {
  const known = placed.get(workspace) ?? place(workspace);
  placed.set(workspace, known);
  return known;
}

type Growing = PlacedExpression & { readonly places: ExpressionPlace[] };

function place(workspace: Workspace): readonly PlacedExpression[] {
  const found = new Map<ExpressionScope, Map<PromqlNode, Growing>>();
  for (const { panels } of workspace.dashboards)
    for (const panel of panels)
      for (const query of panel.queries) {
        const expression = query.language === 'promql' ? readPromql(query.expr) : undefined;
        if (!expression || promqlTypeErrorIn(expression)) continue;
        const scope = scopeOf(workspace, query.datasource);
        const ofScope = found.get(scope) ?? new Map<PromqlNode, Growing>();
        found.set(scope, ofScope);
        const same = ofScope.get(expression);
        if (same) same.places.push({ panel, query });
        else ofScope.set(expression, { expression, scope, places: [{ panel, query }] });
      }
  return [...found.values()].flatMap((ofScope) => [...ofScope.values()]);
}
