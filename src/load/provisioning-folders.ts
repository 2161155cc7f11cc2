import type { GrafanaInstance } from '../model/grafana-instance.ts';
import type { FileTree } from './file-tree.ts';
import { provisioningInstance } from './provisioning-folder.ts';
import { readText } from './tree-files.ts';
import { folderOf } from './tree-path.ts';

const PROVISIONING_FILE = /(^|\/)(datasources|dashboards)\/[^/]+\.ya?ml$/;

/**
 * The provisioning folders of a tree that no instance mounts: folders with `datasources/` or `dashboards/` in which
 * YAML files speak to Grafana. Each is an instance of which nothing else is known.
 */
export function provisioningFolders(
  tree: FileTree,
  files: readonly string[],
  instances: readonly GrafanaInstance[],
): GrafanaInstance[] {
  const candidates = new Set<string>();
  for (const path of files) {
    const folder = folderOf(folderOf(path));
    if (candidates.has(folder) || !PROVISIONING_FILE.test(path) || isForKustomize(tree, path)) continue;
    if (isForGrafana(tree, folder, path)) candidates.add(folder);
  }
  const mounted = instances.flatMap(({ mounts, shadowed = [] }) =>
    [...mounts, ...shadowed].flatMap(({ source }) =>
      source.kind === 'bind' || source.kind === 'copy' ? [source.path] : [],
    ),
  );
  return [...candidates]
    .filter((folder) => !mounted.some((path) => isMountOf(path, folder)))
    .sort()
    .map((folder) => provisioningInstance(folder));
}

/** Kustomize makes ConfigMaps of what lies beside its file: the folder is not what Grafana sees. */
function isForKustomize(tree: FileTree, path: string): boolean {
  return KUSTOMIZATION_FILES.some((name) => tree.kind(`${folderOf(path)}/${name}`) === 'file');
}

const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * In a folder named `provisioning` every YAML file is meant for Grafana; elsewhere its keys tell. Helm and the like
 * fill in braces first: such a file is none yet.
 */
function isForGrafana(tree: FileTree, folder: string, path: string): boolean {
  const text = readText(tree, path);
  if (text === undefined || /^[ \t]*\{\{/m.test(text)) return false;
  if (/(^|\/)provisioning$/.test(folder)) return true;
  return (
    /^(["']?)apiVersion\1\s*:/m.test(text) &&
    /^(["']?)(datasources|deleteDatasources|providers)\1\s*:/m.test(text)
  );
}

/** The folder itself is mounted, one above it, or something of its `datasources` and `dashboards`. */
function isMountOf(path: string, folder: string): boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  return (
    path === folder ||
    path === '' ||
    folder.startsWith(`${path}/`) ||
    /^(datasources|dashboards)(\/[^/]+\.ya?ml)?$/.test(
      path.startsWith(prefix) ? path.slice(prefix.length) : '',
    )
  );
}
