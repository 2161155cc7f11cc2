import type { GrafanaInstance } from '../../model/grafana-instance.ts';
import type { GrafanaVersion } from '../../model/grafana-version.ts';
import type { ConfigMap, KubernetesFacts } from '../../model/kubernetes.ts';
import type { FileTree } from '../file-tree.ts';
import { chartInstance, configMapNames } from './chart-instance.ts';
import { templateInstances } from './chart-templates.ts';
import { chartsIn } from './chart-values.ts';
import { type Embed, embedInto } from './config-map.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import { appliedConfigMaps, dashboardSidecars } from './facts.ts';
import { filledIn, unreadWhereFilledIn } from './filled-in.ts';
import { type FindConfigMap, podInstance, volumeNames } from './pod.ts';
import { mayHold, readManifest, yamlFiles } from './read-manifest.ts';
import { DASHBOARD_LABEL, labelledInstance } from './sidecar.ts';
import { findUnits, type Manifest, type Unit } from './unit.ts';

/** What the Kubernetes objects of a tree say about Grafana. */
export interface Kubernetes {
  readonly instances: readonly GrafanaInstance[];
  /** What stands inside other files, by the name it is read by. */
  readonly embedded: ReadonlyMap<string, EmbeddedFile>;
}

/**
 * The Grafana instances that the manifests of a tree start, and ConfigMaps that wait for one elsewhere. A tree whose
 * YAML files do not speak of Grafana costs no more than reading them.
 */
export function readKubernetes(
  tree: FileTree,
  files: readonly string[],
  grafanaVersion?: GrafanaVersion,
): Kubernetes {
  const embedded = new Map<string, EmbeddedFile>();
  const { relevant, fluxFiles } = yamlFiles(tree, files);
  if (relevant.size === 0) return { instances: [], embedded };
  const embed = embedInto(embedded);
  const isFilledIn = filledIn(tree, fluxFiles);
  const manifests = new Map<string, Manifest>();
  const read = (path: string) => {
    const known = manifests.get(path) ?? readManifest(tree, path, embed);
    manifests.set(path, known);
    return known;
  };
  const charts = chartsIn(tree, [...relevant]);
  const workloads = [...relevant].flatMap((path) => read(path).workloads);
  const named = [
    ...workloads.flatMap(({ object }) => volumeNames(object.value)),
    ...charts.flatMap(configMapNames),
  ];
  const found = findUnits(files, {
    tree,
    manifestAt: (path, isLabelled) =>
      isLabelled || relevant.has(path) || mayHold(tree, path, named)
        ? read(path)
        : { configMaps: [], workloads: [] },
    isRelevant: (path) => relevant.has(path),
  });
  const units = found.map((unit) => ({
    ...unit,
    configMaps: unit.configMaps.map((configMap) =>
      unreadWhereFilledIn(tree, configMap, { embedded, isFilledIn }),
    ),
  }));
  const sidecars = dashboardSidecars(units, charts);
  const labels = new Set([DASHBOARD_LABEL, ...sidecars.map(({ label }) => label)]);
  const instances = [
    ...units.flatMap((unit) => instancesOf(tree, unit, { units, embed, labels })),
    ...templateInstances(tree, { files, relevant: [...relevant], labels, embed }),
    ...charts.map((chart) =>
      chartInstance(chart, { tree, find: finder(undefined, units), embed, isFilledIn }),
    ),
  ];
  const kubernetes: KubernetesFacts = { configMaps: appliedConfigMaps(tree, units, embedded), sidecars };
  return {
    instances: instances.map((instance) => ({
      ...instance,
      kubernetes,
      ...(grafanaVersion && { version: grafanaVersion }),
    })),
    embedded,
  };
}

interface InstanceContext {
  readonly units: readonly Unit[];
  readonly embed: Embed;
  readonly labels: ReadonlySet<string>;
}

function instancesOf(
  tree: FileTree,
  unit: Unit,
  { units, embed, labels }: InstanceContext,
): GrafanaInstance[] {
  const find = finder(unit, units);
  const pods = unit.workloads.flatMap((workload) => podInstance(tree, workload, unit, find) ?? []);
  const read = new Set(pods.flatMap(({ mounts }) => mounts.flatMap(({ source }) => pathOf(source) ?? [])));
  const labelled = unit.configMaps.filter(
    (configMap) =>
      Object.keys(configMap.labels).some((label) => labels.has(label)) &&
      [...configMap.files.values()].some((path) => !read.has(path ?? '')),
  );
  // Sidecars look in namespaces and for values of their own: what differs there may be of two Grafanas.
  // Several objects of one name are for as many clusters.
  const groups = new Map<string, ConfigMap[]>();
  const named = new Map<string, number>();
  for (const configMap of labelled) {
    const { kind, name, namespace = '' } = configMap;
    const id = JSON.stringify([kind, name, namespace]);
    const before = named.get(id) ?? 0;
    named.set(id, before + 1);
    const own = Object.entries(configMap.labels).filter(([label]) => labels.has(label));
    const key = JSON.stringify([namespace, own, before]);
    groups.set(key, [...(groups.get(key) ?? []), configMap]);
  }
  const waiting = [...groups.values()].flatMap((group) => {
    const namespace = groups.size > 1 ? ` in ${group[0]?.namespace ?? 'no namespace'}` : '';
    return labelledInstance(`${unit.name} ConfigMaps${namespace}`, group, embed) ?? [];
  });
  return [...pods, ...waiting];
}

function pathOf(source: GrafanaInstance['mounts'][number]['source']): string | undefined {
  return source.kind === 'bind' || source.kind === 'copy' ? source.path : undefined;
}

/** Looks in the unit first; elsewhere only for what there is once. */
function finder(unit: Unit | undefined, units: readonly Unit[]): FindConfigMap {
  return (kind, name, namespace) => {
    const isMeant = (candidate: ConfigMap) =>
      candidate.kind === kind &&
      candidate.name === name &&
      (namespace === undefined || candidate.namespace === undefined || candidate.namespace === namespace);
    const own = unit?.configMaps.filter(isMeant) ?? [];
    const found = own.length > 0 ? own : units.flatMap(({ configMaps }) => configMaps.filter(isMeant));
    return found.length === 1 ? found[0] : undefined;
  };
}
