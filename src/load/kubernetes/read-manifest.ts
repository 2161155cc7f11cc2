import type { FileTree } from '../file-tree.ts';
import { readText } from '../tree-files.ts';
import { configMapOf, type Embed } from './config-map.ts';
import { KUSTOMIZATION_FILE } from './kustomization.ts';
import { manifestObjects } from './manifest.ts';
import { podSpec } from './pod.ts';
import { MANIFEST, type Manifest } from './unit.ts';

/** The YAML files that speak of Grafana, and those that tell Flux what to fill in. */
export function yamlFiles(tree: FileTree, files: readonly string[]) {
  const relevant = new Set<string>();
  const fluxFiles: string[] = [];
  for (const path of files) {
    const bytes = MANIFEST.test(path) || KUSTOMIZATION_FILE.test(path) ? tree.read(path) : 'missing';
    if (typeof bytes === 'string') continue;
    if (bytes.includes('grafana') || bytes.includes('Grafana')) relevant.add(path);
    if (bytes.includes('postBuild')) fluxFiles.push(path);
  }
  return { relevant, fluxFiles };
}

/** Kinds that are looked at, as they stand in a manifest. */
const KINDS =
  /\bkind["']?\s*:\s*["']?(ConfigMap|Secret|Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|List)/;

/** The objects of a manifest that Grafana may see. */
export function readManifest(tree: FileTree, path: string, embed: Embed): Manifest {
  const text = MANIFEST.test(path) ? (readText(tree, path) ?? '') : '';
  if (!KINDS.test(text) || isChartTemplate(tree, path, text)) return { configMaps: [], workloads: [] };
  // Names that `envsubst` fills in show that the rest is not yet what is applied.
  const objects = manifestObjects(path, text).filter(
    ({ name, namespace }) => !/[${]/.test(`${name}${namespace}`),
  );
  return {
    configMaps: objects.flatMap(
      (object) => configMapOf(object, (file, name) => embed(file, `${path}#${name}`)) ?? [],
    ),
    workloads: objects
      .filter(({ value }) => podSpec(value))
      .map((object) => ({ object, namespace: object.namespace, isPatched: false, images: [] })),
  };
}

/** Whether a manifest has an object of one of these names; may err on the side of yes. */
export function mayHold(tree: FileTree, path: string, names: readonly string[]): boolean {
  const text = MANIFEST.test(path) ? (readText(tree, path) ?? '') : '';
  return KINDS.test(text) && names.some((name) => text.includes(name));
}

/** A template is no manifest yet; many errors of a parser that tried would take their time. */
function isChartTemplate(tree: FileTree, path: string, text: string): boolean {
  if (/^\{[{%]/m.test(text)) return true;
  const [, chart] = /^(.*?)(?:^|\/)templates\//.exec(path) ?? [];
  return (
    chart !== undefined &&
    text.includes('{{') &&
    tree.kind(chart === '' ? 'Chart.yaml' : `${chart}/Chart.yaml`) === 'file'
  );
}
