import type { Panel, PanelQuery, Query } from '../model/dashboard.ts';
import type { Workspace } from '../model/workspace.ts';
import { type ExpressionScope, scopeOf } from './expression-scope.ts';
import type { PromqlNode } from './promql-node.ts';
import { promqlTypeErrorIn } from './promql-type-error.ts';
import { alertQueries } from './queries-of.ts';
import { readPromql } from './read-promql.ts';

/** One expression in what is known of its series, and everywhere that it stands. */
export interface PlacedExpression {
  readonly expression: PromqlNode;
  readonly scope: ExpressionScope;
  readonly inPanels: readonly PanelPlace[];
  readonly inAlertRules: readonly Query[];
}

/** Where an expression stands in a dashboard. */
export interface PanelPlace {
  readonly panel: Panel;
  readonly query: PanelQuery;
}

const placed = new WeakMap<Workspace, readonly PlacedExpression[]>();

/**
 * The PromQL expressions of a workspace's panels and alert rules, equal ones together. Those that Prometheus refuses
 * are left out: they have their finding, and what they would find is beside the point.
 */
export function placedExpressions(workspace: Workspace): readonly PlacedExpression[] {
  const known = placed.get(workspace) ?? place(workspace);
  placed.set(workspace, known);
  return known;
}

type Growing = PlacedExpression & { readonly inPanels: PanelPlace[]; readonly inAlertRules: Query[] };

function place(workspace: Workspace): readonly PlacedExpression[] {
  const found = new Map<ExpressionScope, Map<PromqlNode, Growing>>();
  const placeOf = (query: Query): Growing | undefined => {
    const expression = query.language === 'promql' ? readPromql(query.expr) : undefined;
    if (!expression || promqlTypeErrorIn(expression)) return undefined;
    const scope = scopeOf(workspace, query.datasource);
    const ofScope = found.get(scope) ?? new Map<PromqlNode, Growing>();
    found.set(scope, ofScope);
    const known = ofScope.get(expression) ?? { expression, scope, inPanels: [], inAlertRules: [] };
    ofScope.set(expression, known);
    return known;
  };
  for (const { panels } of workspace.dashboards)
    for (const panel of panels)
      for (const query of panel.queries) placeOf(query)?.inPanels.push({ panel, query });
  for (const query of alertQueries(workspace)) placeOf(query)?.inAlertRules.push(query);
  return [...found.values()].flatMap((ofScope) => [...ofScope.values()]);
}
