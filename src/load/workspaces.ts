import type { GrafanaVersion } from '../model/grafana-version.ts';
import type { Workspace, WorkspaceFiles } from '../model/workspace.ts';
import type { ParsedFiles } from './file-reader.ts';
import type { FileTree } from './file-tree.ts';
import { filesToRead } from './ignore-file.ts';
import { findInstances } from './instances.ts';
import { MAX_FILES, treeFiles } from './tree-files.ts';
import { loadWorkspace, sharedFacts } from './workspace.ts';

/** How a tree is to be read. */
export interface LoadOptions {
  /** Takes the place of what image tags say. */
  readonly grafanaVersion?: GrafanaVersion | undefined;
  /** What is known of the tree's files already; what is read now is added. */
  readonly parsed?: ParsedFiles | undefined;
}

/** A tree as rules see it: one workspace for each Grafana in it. */
export interface LoadedTree {
  readonly workspaces: Workspace[];
  /** The files of the tree, for reports. */
  readonly files: WorkspaceFiles;
  /** The tree has more files than are looked at, so that something may have been missed. */
  readonly isCut: boolean;
}

/** Reads a tree: finds its Grafana instances and follows each from its mounts to its dashboards. */
export function loadWorkspaces(tree: FileTree, options: LoadOptions = {}): LoadedTree {
  const all = treeFiles(tree);
  const paths = filesToRead(tree, all);
  const shared = sharedFacts(tree, paths, options.parsed);
  const instances = findInstances(tree, { ...options, files: paths });
  return {
    workspaces: instances.map((instance) => loadWorkspace(tree, instance, shared)),
    files: shared.files,
    isCut: all.length >= MAX_FILES,
  };
}
