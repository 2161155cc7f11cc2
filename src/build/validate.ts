import { type FileTree, overlayTree } from '../load/file-tree.ts';
import { loadWorkspaces } from '../load/workspaces.ts';
import type { Finding } from '../model/finding.ts';
import type { Workspace, WorkspaceFiles } from '../model/workspace.ts';
import type { PlannedFile } from '../model/write-plan.ts';
import { pointAtDefinition } from '../rules/point-at-definition.ts';
import { runRules } from '../rules/run-rules.ts';

/** The workspace as the build will leave it, and what the rules say of it. */
export interface Validation {
  readonly findings: readonly Finding[];
  readonly workspaces: readonly Workspace[];
  readonly files: WorkspaceFiles;
}

/**
 * Runs every rule over the tree as it will be. Kept is what lies in the provisioning folder: all of it for generated
 * files, all but style for files that others made. The rest of the tree is for `check`.
 */
export function validate(tree: FileTree, provisioning: string, planned: readonly PlannedFile[]): Validation {
  const changes = new Map(planned.map(({ path, after }) => [path, after]));
  const { workspaces, files } = loadWorkspaces(overlayTree(tree, changes));
  const generated = new Set(
    workspaces
      .flatMap(({ dashboards }) => dashboards)
      .filter(({ origin }) => origin.kind === 'definition')
      .map(({ file }) => file),
  );
  const prefix = provisioning === '' ? '' : `${provisioning}/`;
  const findings = runRules(workspaces, { style: true })
    .filter(({ at }) => at.file.startsWith(prefix))
    .filter(({ at, severity }) => severity !== 'style' || generated.has(at.file))
    .map((finding) => pointAtDefinition(finding, workspaces));
  return { findings, workspaces, files };
}
