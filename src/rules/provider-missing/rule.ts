import { placeOf } from '../../model/grafana-instance.ts';
import type { Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { providerPath, unprovidedFolders } from './unprovided.ts';

/** Dashboards are there for Grafana, and no provider tells it to read any. It does not say a word. */
export const providerMissing: Rule = {
  id: 'provider-missing',
  summary: 'Dashboards are mounted for a Grafana that has no provider, so it reads none of them',
  severity: 'load',
  fix: 'none',
  related: ['provider-path-not-mounted', 'provisioning-yaml-invalid'],
  check(workspace, report) {
    for (const { path, folder, at } of unprovidedFolders(workspace))
      report({
        message: `Missing provider for the dashboards at "${path}": Grafana reads dashboards only where a provider file in "${providerPath(workspace)}" says so, and finds none`,
        at: at ?? { file: folder },
        suggestions: [`${whereTo(workspace)} with ${providerOf(path)}`],
      });
  },
};

function whereTo(workspace: Workspace): string {
  const path = providerPath(workspace);
  const place = placeOf(workspace.grafana, path);
  return place.kind === 'tree'
    ? `Add ${place.path}/providers.yaml`
    : `Mount a file at ${path}/providers.yaml`;
}

function providerOf(path: string): string {
  return `{apiVersion: 1, providers: [{name: dashboards, type: file, updateIntervalSeconds: 30, options: {path: ${JSON.stringify(path)}}}]}`;
}
