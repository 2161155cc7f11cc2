import type { GrafanaInstance } from '../../model/grafana-instance.ts';
import type { GrafanaVersion } from '../../model/grafana-version.ts';
import type { AppliedConfigMap, ConfigMap, KubernetesFacts, Sidecar } from '../../model/kubernetes.ts';
import type { FileTree } from '../file-tree.ts';
import { asRecords } from '../record.ts';
import { readText } from '../tree-files.ts';
import { folderOf } from '../tree-path.ts';
import { chartInstance, chartSidecar, configMapNames } from './chart-instance.ts';
import { templateFiles } from './chart-templates.ts';
import { CHART_HINT, type ChartValues, chartValuesIn } from './chart-values.ts';
import { configMapOf, type Embed } from './config-map.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import { KUSTOMIZATION_FILE } from './kustomization.ts';
import { manifestObjects } from './manifest.ts';
import { type FindConfigMap, podInstance, podSpec, volumeNames } from './pod.ts';
import { DASHBOARD_LABEL, labelledInstance, sidecarOf } from './sidecar.ts';
import { findUnits, MANIFEST, type Manifest, type Unit } from './unit.ts';

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
  const relevant = new Set(files.filter((path) => isYaml(path) && speaksOfGrafana(tree, path)));
  if (relevant.size === 0) return { instances: [], embedded };
  const manifests = new Map<string, Manifest>();
  const read = (path: string) => {
    const known = manifests.get(path) ?? readManifest(tree, path, embedded);
    manifests.set(path, known);
    return known;
  };
  const charts = chartsIn(tree, [...relevant]);
  const named = [
    ...[...relevant].flatMap((path) =>
      read(path).workloads.flatMap(({ object }) => volumeNames(object.value)),
    ),
    ...charts.flatMap(configMapNames),
  ];
  const isNamed = (path: string) => {
    const text = MANIFEST.test(path) ? (readText(tree, path) ?? '') : '';
    return KINDS.test(text) && named.some((name) => text.includes(name));
  };
  const units = findUnits(files, {
    tree,
    manifestAt: (path, isLabelled) =>
      isLabelled || relevant.has(path) || isNamed(path) ? read(path) : { configMaps: [], workloads: [] },
    isRelevant: (path) => relevant.has(path),
  });
  const sidecars = dashboardSidecars(units, charts);
  const labels = new Set([DASHBOARD_LABEL, ...sidecars.map(({ label }) => label)]);
  const instances = [
    ...units.flatMap((unit) => instancesOf(tree, unit, { units, embedded, labels })),
    ...templateInstances(tree, files, [...relevant], labels, embedInto(embedded)),
    ...charts.map((chart) =>
      chartInstance(chart, { tree, find: finder(undefined, units), embed: embedInto(embedded) }),
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

function isYaml(path: string): boolean {
  return MANIFEST.test(path) || KUSTOMIZATION_FILE.test(path);
}

function speaksOfGrafana(tree: FileTree, path: string): boolean {
  const bytes = tree.read(path);
  return typeof bytes !== 'string' && (bytes.includes('grafana') || bytes.includes('Grafana'));
}

/** Kinds that are looked at, as they stand in a manifest. */
const KINDS =
  /\bkind["']?\s*:\s*["']?(ConfigMap|Secret|Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|List)/;

function readManifest(tree: FileTree, path: string, embedded: Map<string, EmbeddedFile>): Manifest {
  const text = MANIFEST.test(path) ? (readText(tree, path) ?? '') : '';
  if (!KINDS.test(text)) return { configMaps: [], workloads: [] };
  // Names that `envsubst` fills in show that the rest is not yet what is applied.
  const objects = manifestObjects(path, text).filter(
    ({ name, namespace }) => !/[${]/.test(`${name}${namespace}`),
  );
  const embed = embedInto(embedded);
  return {
    configMaps: objects.flatMap(
      (object) => configMapOf(object, (file, name) => embed(file, `${path}#${name}`)) ?? [],
    ),
    workloads: objects
      .filter(({ value }) => podSpec(value))
      .map((object) => ({ object, namespace: object.namespace, isPatched: false, images: [] })),
  };
}

/** Two ConfigMaps of one name in one file get names that differ. */
function embedInto(embedded: Map<string, EmbeddedFile>): Embed {
  return (file, wanted) => {
    let path = wanted;
    for (let count = 2; embedded.has(path); count++) path = wanted.replace(/(?=\/[^/]*$)/, `~${count}`);
    embedded.set(path, { ...file, path });
    return path;
  };
}

/** The sidecars of the tree that look for dashboards. */
function dashboardSidecars(units: readonly Unit[], charts: readonly ChartValues[]): Sidecar[] {
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
function appliedConfigMaps(
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

interface InstanceContext {
  readonly units: readonly Unit[];
  readonly embedded: Map<string, EmbeddedFile>;
  readonly labels: ReadonlySet<string>;
}

function instancesOf(
  tree: FileTree,
  unit: Unit,
  { units, embedded, labels }: InstanceContext,
): GrafanaInstance[] {
  const find = finder(unit, units);
  const pods = unit.workloads.flatMap((workload) => podInstance(tree, workload, unit, find) ?? []);
  const read = new Set(pods.flatMap(({ mounts }) => mounts.flatMap(({ source }) => pathOf(source) ?? [])));
  const labelled = unit.configMaps.filter(
    (configMap) =>
      Object.keys(configMap.labels).some((label) => labels.has(label)) &&
      [...configMap.files.values()].some((path) => !read.has(path ?? '')),
  );
  const waiting = labelledInstance(`${unit.name} ConfigMaps`, labelled, embedInto(embedded));
  return waiting ? [...pods, waiting] : pods;
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

/** Dashboards among the files of Helm charts; which templates are used together is not known. */
function templateInstances(
  tree: FileTree,
  files: readonly string[],
  relevant: readonly string[],
  labels: ReadonlySet<string>,
  embed: Embed,
): GrafanaInstance[] {
  return relevant
    .filter((path) => /(^|\/)templates\//.test(path))
    .sort()
    .flatMap((path) => {
      const found = templateFiles(path, readText(tree, path) ?? '', { files, labels });
      if (!found) return [];
      // Of files in branches only one may be taken.
      const groups = found.hasBranches ? found.configMaps.map((one) => [one]) : [found.configMaps];
      return groups.flatMap((configMaps) => labelledInstance(path, configMaps, embed) ?? []);
    });
}

/** Values for Grafana's chart; those of several files of one folder may be laid over each other. */
function chartsIn(tree: FileTree, files: readonly string[]): ChartValues[] {
  const found = [...files].sort().flatMap((path) => {
    if (!MANIFEST.test(path) || /(^|\/)templates\//.test(path)) return [];
    const text = readText(tree, path) ?? '';
    return CHART_HINT.test(text) ? chartValuesIn(path, text) : [];
  });
  return found.map((chart) => ({
    ...chart,
    isPart:
      chart.isPart || found.some((other) => other !== chart && folderOf(other.file) === folderOf(chart.file)),
  }));
}
