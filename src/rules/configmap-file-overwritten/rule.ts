import { isTaken } from '../../load/kubernetes/sidecar.ts';
import type { AppliedConfigMap, Sidecar } from '../../model/kubernetes.ts';
import type { Rule } from '../../model/rule.ts';
import { groupBy } from '../walked-dashboards.ts';

/** The sidecar writes all ConfigMaps into one folder, by the names of their keys. */
export const configmapFileOverwritten: Rule = {
  id: 'configmap-file-overwritten',
  summary: 'Two ConfigMaps have a dashboard of the same file name for the folder of one sidecar',
  severity: 'load',
  fix: 'none',
  related: ['configmap-too-large', 'dashboard-uid-duplicate'],
  check({ grafana }, report) {
    const { configMaps = [], sidecars = [] } = grafana.kubernetes ?? {};
    // Another sidecar of the tree may be the one that reads them.
    if (sidecars.some(({ hasUniqueNames }) => hasUniqueNames)) return;
    for (const sidecar of sidecars)
      for (const [key, sharing] of filesOf(sidecar, configMaps)) {
        const [first, ...others] = sharing;
        if (!first || others.length === 0) continue;
        const file = key.slice(key.lastIndexOf('\n') + 1);
        for (const { name, at } of others)
          report({
            message: `Expected one ConfigMap with the key "${file}" in the folder of the sidecar, found it in "${name}" and "${first.name}": one takes the place of the other`,
            at,
            related: [
              { at: first.at, message: `"${first.name}" has it too` },
              { at: sidecar.at, message: 'writes all of them into one folder' },
            ],
          });
      }
  },
};

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
