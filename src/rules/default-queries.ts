import type { Dashboard, Panel, PanelQuery } from '../model/dashboard.ts';
import type { Workspace } from '../model/workspace.ts';
import { walkedDashboards } from './walked-dashboards.ts';

/** A query that says nothing of its datasource and so goes to the organisation's default one. */
export interface DefaultQuery {
  readonly query: PanelQuery;
  readonly panel: Panel;
  readonly dashboard: Dashboard;
  readonly orgId: number;
}

/** All of them, each dashboard once for an organisation. A reference with only a type is one to that type. */
export function defaultQueries(workspace: Workspace): DefaultQuery[] {
  const seen = new Set<string>();
  return walkedDashboards(workspace).flatMap(({ dashboard, provider: { orgId } }) => {
    const key = `${orgId} ${dashboard.file}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return dashboard.panels
      .filter(({ type }) => type !== 'text')
      .flatMap((panel) =>
        panel.queries
          .filter(({ datasource }) => datasource.kind === 'default' && datasource.type === undefined)
          .map((query) => ({ query, panel, dashboard, orgId })),
      );
  });
}
