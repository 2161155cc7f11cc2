import type { ConfigMap } from '../../model/kubernetes.ts';
import type { FileTree } from '../file-tree.ts';
import { folderOf } from '../tree-path.ts';
import {
  type ImageChange,
  KUSTOMIZATION_FILE,
  type Kustomization,
  readKustomization,
} from './kustomization.ts';
import type { ManifestObject } from './manifest.ts';

/** Objects that are applied together, so that one Grafana can see them all. */
export interface Unit {
  /** The kustomization, or the folder of manifests. */
  readonly name: string;
  readonly configMaps: readonly ConfigMap[];
  readonly workloads: readonly Workload[];
}

/** An object that starts pods. */
export interface Workload {
  readonly object: ManifestObject;
  readonly namespace: string | undefined;
  /** A patch changes it, so that not all of it is known. */
  readonly isPatched: boolean;
  /** What kustomizations make of its images, in the order in which they do. */
  readonly images: readonly ImageChange[];
}

/** What a manifest of the tree holds. */
export interface Manifest {
  readonly configMaps: readonly ConfigMap[];
  readonly workloads: readonly Workload[];
}

/** How units are read. */
export interface UnitContext {
  readonly tree: FileTree;
  /** What a manifest holds that Grafana may see; empty when it is none. */
  readonly manifestAt: (path: string, isLabelled?: boolean) => Manifest;
  /** Whether a file speaks of Grafana at all; a unit without one is not read. */
  readonly isRelevant: (path: string) => boolean;
}

/**
 * The units of a tree: each kustomization that no other takes in, with all that it takes in; and the manifests of each
 * folder that no kustomization knows.
 */
export function findUnits(files: readonly string[], context: UnitContext): Unit[] {
  const found = files
    .filter((path) => KUSTOMIZATION_FILE.test(path))
    .flatMap((path) => readKustomization(context.tree, path) ?? []);
  const kustomizations = new Map(found.map((kustomization) => [kustomization.folder, kustomization]));
  const taken = new Set(found.flatMap(({ resources }) => resources));
  const roots = found.filter(({ folder }) => !taken.has(folder));
  // A circle has no root, and kustomize refuses it.
  const known = new Set([
    ...found.flatMap(({ resources, patchFiles }) => [...resources, ...patchFiles]),
    ...found.map(({ file }) => file),
  ]);
  const loose = new Map<string, string[]>();
  for (const path of files) {
    if (known.has(path) || !MANIFEST.test(path)) continue;
    const folder = folderOf(path);
    const paths = loose.get(folder) ?? [];
    paths.push(path);
    loose.set(folder, paths);
  }
  return [
    ...roots.flatMap((root) => {
      const reached = filesOf(root, kustomizations, new Set());
      if (!reached.some(context.isRelevant)) return [];
      const inner = { kustomizations, context, budget: { left: MAX_BUILT } };
      return [{ name: root.file, ...build(root, inner, new Set()) }];
    }),
    ...[...loose].flatMap(([folder, paths]) =>
      paths.some(context.isRelevant)
        ? [
            {
              name: folder === '' ? 'this folder' : folder,
              ...joined(paths.sort().map((path) => context.manifestAt(path))),
            },
          ]
        : [],
    ),
  ];
}

/** How manifests end. */
export const MANIFEST = /\.ya?ml$/;

type ByFolder = ReadonlyMap<string, Kustomization>;

/** All that a kustomization takes in, files of the ConfigMaps that it makes too. */
function filesOf(root: Kustomization, kustomizations: ByFolder, seen: Set<string>): string[] {
  if (seen.has(root.folder)) return [];
  seen.add(root.folder);
  return [
    root.file,
    ...root.resources.flatMap((path) => {
      if (path === undefined) return [];
      const inner = kustomizations.get(path);
      return inner ? filesOf(inner, kustomizations, seen) : [path];
    }),
  ];
}

/** Not more kustomizations are taken in by one; those that take in each other many times over grow without end. */
const MAX_BUILT = 10_000;

interface BuildContext {
  readonly kustomizations: ByFolder;
  readonly context: UnitContext;
  readonly budget: { left: number };
}

/** As kustomize does: what is taken in, then what is made, then what is put on all of it. */
function build(root: Kustomization, inner: BuildContext, seen: ReadonlySet<string>): Manifest {
  const { kustomizations, context, budget } = inner;
  budget.left -= 1;
  if (seen.has(root.folder) || budget.left < 0) return { configMaps: [], workloads: [] };
  const within = new Set([...seen, root.folder]);
  const resources = joined(
    root.resources.map((path) => {
      if (path === undefined) return { configMaps: [], workloads: [] };
      const folder = kustomizations.get(path);
      if (folder) return build(folder, inner, within);
      // The kustomization can put the sidecar's label on any ConfigMap.
      return context.manifestAt(path, context.isRelevant(root.file));
    }),
  );
  const configMaps = [...resources.configMaps];
  for (const { behavior, ...made } of root.generated) {
    const index = configMaps.findIndex(({ kind, name }) => kind === made.kind && name === made.name);
    const base = configMaps[index];
    if (behavior === 'create' || !base) configMaps.push(made);
    else if (behavior === 'replace') configMaps[index] = { ...base, files: made.files };
    else configMaps[index] = { ...base, files: new Map([...base.files, ...made.files]) };
  }
  const isPatched = (name: string) => root.patches.some((text) => text.includes(name));
  return {
    configMaps: configMaps.map((configMap) => ({
      ...configMap,
      namespace: root.namespace ?? configMap.namespace,
      labels: { ...configMap.labels, ...root.labels },
      annotations: { ...configMap.annotations, ...root.annotations },
      isWhole: configMap.isWhole && !isPatched(configMap.name),
    })),
    workloads: resources.workloads.map((workload) => ({
      ...workload,
      namespace: root.namespace ?? workload.namespace,
      isPatched: workload.isPatched || isPatched(workload.object.name),
      images: [...workload.images, ...root.images],
    })),
  };
}

function joined(manifests: readonly Manifest[]): Manifest {
  return {
    configMaps: manifests.flatMap(({ configMaps }) => configMaps),
    workloads: manifests.flatMap(({ workloads }) => workloads),
  };
}
