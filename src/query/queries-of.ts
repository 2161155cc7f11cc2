import type { Query } from '../model/dashboard.ts';
import type { Workspace } from '../model/workspace.ts';

/** Every query of a workspace's panels and alert rules. */
export function queriesOf(workspace: Workspace): Query[] {
  return [
    ...workspace.dashboards.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries)),
    ...alertQueries(workspace),
  ];
}

/** The queries of its alert rules. */
export function alertQueries({ alerting }: Workspace): Query[] {
  return alerting.groups.flatMap(({ rules }) => rules.flatMap(({ queries }) => queries));
}
