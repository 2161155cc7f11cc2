import { nearestHint } from '../model/nearest.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Workspace } from '../model/workspace.ts';

/**
 * The one Grafana of a tree that a running stack is compared with: the one asked for by name, or else the one nearest
 * to the root.
 *
 * @throws UsageError when there is none, or several are equally near
 */
export function chooseWorkspace(workspaces: readonly Workspace[], name: string | undefined): Workspace {
  const names = workspaces.map(({ grafana }) => grafana.name);
  if (name !== undefined) {
    const named = workspaces.find(({ grafana }) => grafana.name === name);
    if (!named) throw new UsageError(`no Grafana "${name}" in this tree${nearestHint(name, names)}`);
    return named;
  }
  const withDashboards = workspaces.filter(({ dashboards }) => dashboards.length > 0);
  const [best, second] = withDashboards
    .map((workspace) => ({ workspace, depth: depthOf(workspace) }))
    .sort((a, b) => a.depth - b.depth);
  if (!best)
    throw new UsageError('no dashboard found here: no compose file or provisioning folder leads to one');
  if (second && second.depth === best.depth) {
    const listed = withDashboards
      .filter((each) => depthOf(each) === best.depth)
      .map(({ grafana }) => `"${grafana.name}"`);
    throw new UsageError(
      `several Grafanas are provisioned here: choose with --instance ${listed.join(' or ')}`,
    );
  }
  return best.workspace;
}

/** How many folders its compose file or provisioning folder lies below the root. */
function depthOf({ grafana }: Workspace): number {
  return (grafana.at?.file ?? grafana.name).split('/').length;
}
