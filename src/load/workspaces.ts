import type { GrafanaVersion } from '../model/grafana-version.ts';
import type { Workspace, WorkspaceFiles } from '../model/workspace.ts';
import type { ParsedFiles } from './file-reader.ts';
import type { FileTree } from './file-tree.ts';
import { filesToRead } from './ignore-file.ts';
import { findInstances } from './instances.ts';
import type { EmbeddedFile } from './kubernetes/embedded-file.ts';
import { embeddedTree } from './kubernetes/embedded-tree.ts';
import { readKubernetes } from './kubernetes/kubernetes.ts';
import { MAX_FILES, treeFiles } from './tree-files.ts';
import { loadWorkspace, sharedFacts } from './workspace.ts';

/** How a tree is to be read. */
export interface LoadOptions {
  /** Takes the place of what image tags say. */
  readonly grafanaVersion?: GrafanaVersion | undefined;
  /** What is known of the tree's files already; what is read now is added. */
  readonly parsed?: ParsedFiles | undefined;
  /** Look for Grafana in Kubernetes objects, too; default true. */
  readonly kubernetes?: boolean;
}

/** A tree as rules see it: one workspace for each Grafana in it. */
export interface LoadedTree {
  readonly workspaces: Workspace[];
  /** The files of the tree, for reports. */
  readonly files: WorkspaceFiles;
  /** The tree has more files than are looked at, so that something may have been missed. */
  readonly isCut: boolean;
  /** Files that stand inside of others, by the name that findings have them by. */
  readonly embedded: ReadonlyMap<string, EmbeddedFile>;
}

/** Reads a tree: finds its Grafana instances and follows each from its mounts to its dashboards. */
export function loadWorkspaces(tree: FileTree, options: LoadOptions = {}): LoadedTree {
  const all = treeFiles(tree);
  const paths = filesToRead(tree, all);
  const kubernetes = readKubernetes(tree, options.kubernetes === false ? [] : paths, options.grafanaVersion);
  const whole = embeddedTree(tree, kubernetes.embedded);
  const shared = sharedFacts(whole, paths, withParsed(options.parsed, kubernetes.embedded));
  const instances = [...findInstances(tree, { ...options, files: paths }), ...kubernetes.instances];
  return {
    workspaces: instances.map((instance) => loadWorkspace(whole, instance, shared)),
    files: shared.files,
    isCut: all.length >= MAX_FILES,
    embedded: kubernetes.embedded,
  };
}

/** What is parsed already is not parsed from its text. */
function withParsed(
  parsed: ParsedFiles = new Map(),
  embedded: ReadonlyMap<string, EmbeddedFile>,
): ParsedFiles {
  for (const [path, file] of embedded) if (file.parsed) parsed.set(path, file.parsed(path));
  return parsed;
}
