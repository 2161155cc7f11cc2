import type { AppliedConfigMap, Sidecar } from '../../model/kubernetes.ts';
import type { FileTree } from '../file-tree.ts';
import { asRecords } from '../record.ts';
import { chartSidecar } from './chart-instance.ts';
import type { ChartValues } from './chart-values.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import { podSpec } from './pod.ts';
import { sidecarOf } from './sidecar.ts';
import type { Unit } from './unit.ts';

/** The sidecars of the tree that look for dashboards. */
export function dashboardSidecars(units: readonly Unit[], charts: readonly ChartValues[]): Sidecar[] {
  const inPods = units.flatMap(({ workloads }) =>
    workloads.flatMap(({ object, namespace }) => {
      const at = { file: object.file, range: object.at };
      return asRecords(podSpec(object.value)?.containers).flatMap(
        (container) => sidecarOf(container, { namespace, at }) ?? [],
      );
    }),
  );
  const forDashboards = inPods.filter(({ folder }) => !/\/provisioning(\/|$)/.test(folder));
  return [...forDashboards, ...charts.flatMap((chart) => chartSidecar(chart) ?? [])];
}

/** The ConfigMaps of all units; one comes more than once where many kustomizations take it in. */
export function appliedConfigMaps(
  tree: FileTree,
  units: readonly Unit[],
  embedded: ReadonlyMap<string, EmbeddedFile>,
): AppliedConfigMap[] {
  const bytesOf = (path: string | undefined) => {
    const text = path === undefined ? undefined : embedded.get(path)?.text;
    if (text !== undefined) return Buffer.byteLength(text);
    const bytes = path === undefined ? 'missing' : tree.read(path);
    return typeof bytes === 'string' ? 0 : bytes.length;
  };
  return units.flatMap((unit) =>
    unit.configMaps.map((configMap) => ({
      ...configMap,
      unit: unit.name,
      bytes: [...configMap.files.values()].reduce((sum, path) => sum + bytesOf(path), 0),
    })),
  );
}
