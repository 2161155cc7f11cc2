import { isTaken } from '../../load/kubernetes/sidecar.ts';
import type { AppliedConfigMap, Sidecar } from '../../model/kubernetes.ts';
import type { Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { type KeptOut, reportKeptOut } from '../kept-out.ts';
import { groupBy } from '../walked-dashboards.ts';

/** The sidecar writes all ConfigMaps into one folder, by the names of their keys. */
export const configmapFileOverwritten: Rule = {
  id: 'configmap-file-overwritten',
  summary: 'Two ConfigMaps have a dashboard of the same file name for the folder of one sidecar',
  severity: 'load',
  fix: 'none',
  related: ['configmap-too-large', 'dashboard-uid-duplicate'],
  check: (workspace, report) => reportKeptOut(overwrittenConfigMaps(workspace), report),
};

/** Each whose file another takes the place of; which of the two stays is a matter of chance. */
export function overwrittenConfigMaps({ grafana }: Workspace): KeptOut[] {
  const { configMaps = [], sidecars = [] } = grafana.kubernetes ?? {};
  // Another sidecar of the tree may be the one that reads them.
  if (sidecars.some(({ hasUniqueNames }) => hasUniqueNames)) return [];
  return sidecars.flatMap((sidecar) =>
    filesOf(sidecar, configMaps).flatMap(([place, [first, ...others]]) => {
      if (!first) return [];
      const key = place.slice(place.lastIndexOf('\n') + 1);
      return others.map(({ name, at, files }) => ({
        message: `Expected one ConfigMap with the key "${key}" in the folder of the sidecar, found it in "${name}" and "${first.name}": one takes the place of the other`,
        at,
        related: [
          { at: first.at, message: `"${first.name}" has it too` },
          { at: sidecar.at, message: 'writes all of them into one folder' },
        ],
        files: [files.get(key)].filter((file) => file !== undefined),
      }));
    }),
  );
}

/** By place and key, the ConfigMaps that are applied together and differ in name. */
function filesOf(sidecar: Sidecar, configMaps: readonly AppliedConfigMap[]) {
  const files = configMaps
    .filter((configMap) => isTaken(sidecar, configMap))
    .flatMap((configMap) =>
      [...configMap.files.keys()].filter((key) => key.endsWith('.json')).map((key) => ({ key, configMap })),
    );
  const groups = groupBy(files, ({ key, configMap: { unit, namespace, annotations } }) =>
    [unit, namespace ?? '', annotations[sidecar.annotation] ?? '', key].join('\n'),
  );
  return [...groups].map(([key, found]) => {
    const byName = new Map(found.map(({ configMap }) => [configMap.name, configMap]));
    return [key, [...byName.values()]] as const;
  });
}
