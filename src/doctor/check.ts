import { type FileTree, openTree } from '../load/file-tree.ts';
import { readIgnoreFile } from '../load/ignore-file.ts';
import { pointIntoFiles } from '../load/kubernetes/point-into-file.ts';
import { loadWorkspaces } from '../load/workspaces.ts';
import type { Finding } from '../model/finding.ts';
import type { GrafanaVersion } from '../model/grafana-version.ts';
import type { Workspace, WorkspaceFiles } from '../model/workspace.ts';
import { pointAtDefinitions } from '../rules/point-at-definition.ts';
import { runRules } from '../rules/run-rules.ts';
import { suppress } from '../rules/suppress.ts';
import { type Baseline, notInBaseline } from './baseline.ts';

/** What to check and how. */
export interface CheckOptions {
  /** The tree: any repository or folder. Default: the current folder. */
  readonly root?: string;
  /** Takes the place of what image tags say. */
  readonly grafanaVersion?: GrafanaVersion | undefined;
  /** Report findings of severity style too. */
  readonly style?: boolean;
  /** Ids of rules that do not run. */
  readonly disable?: readonly string[];
  /** Findings that are known and not reported again. */
  readonly baseline?: Baseline | undefined;
}

/** What a check found. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  /** How many findings a suppression or the baseline kept back. */
  readonly suppressed: number;
  /** One for each Grafana that the tree starts. */
  readonly workspaces: readonly Workspace[];
  /** For reports: the texts that findings point into. */
  readonly files: WorkspaceFiles;
  /** The tree has more files than are looked at, so that something may have been missed. */
  readonly isCut: boolean;
  /** Files and folders that there was no permission to read, below the root: what they hold was not checked. */
  readonly denied: readonly string[];
}

/**
 * Says why dashboards of a tree will not load, or will show nothing: load, run the rules, leave out what is suppressed.
 * Reads only; runs nothing of what it reads.
 *
 * @throws UsageError when the root is no readable folder
 */
export function check(options: CheckOptions = {}): CheckResult {
  return checkTree(openTree(options.root ?? '.'), options);
}

/** The same for a tree that is open already. */
export function checkTree(tree: FileTree, options: CheckOptions = {}): CheckResult {
  const { workspaces, files, isCut, embedded } = loadWorkspaces(tree, options);
  const judged = pointAtDefinitions(runRules(workspaces, options), workspaces);
  const found = pointIntoFiles(judged, files, embedded);
  const kept = suppress(found, files, readIgnoreFile(tree));
  const findings = notInBaseline(kept, options.baseline);
  const denied = [...tree.denied].sort();
  return { findings, suppressed: found.length - findings.length, workspaces, files, isCut, denied };
}
