import type { ParsedFiles } from '../load/file-reader.ts';
import type { FileTree } from '../load/file-tree.ts';
import { readIgnoreFile } from '../load/ignore-file.ts';
import { loadWorkspaces } from '../load/workspaces.ts';
import type { Finding } from '../model/finding.ts';
import type { Workspace, WorkspaceFiles } from '../model/workspace.ts';
import { pointAtDefinitions } from '../rules/point-at-definition.ts';
import { runRules } from '../rules/run-rules.ts';
import { suppress } from '../rules/suppress.ts';

/** The workspace as the build will leave it, and what the rules say of it. */
export interface Validation {
  readonly findings: readonly Finding[];
  readonly workspaces: readonly Workspace[];
  readonly files: WorkspaceFiles;
}

/**
 * Runs every rule over a tree (the one on disk with the planned files laid over it). Kept is what lies in the
 * provisioning folder: all of it for generated files, all but style for files that others made, and nothing that is
 * suppressed with a reason. The rest of the tree is for `check`.
 */
export function validate(tree: FileTree, provisioning: string, parsed?: ParsedFiles): Validation {
  const { workspaces, files } = loadWorkspaces(tree, { parsed, kubernetes: false });
  const generated = new Set(
    workspaces
      .flatMap(({ dashboards }) => dashboards)
      .filter(({ origin }) => origin.kind === 'definition')
      .map(({ file }) => file),
  );
  const prefix = provisioning === '' ? '' : `${provisioning}/`;
  const found = runRules(workspaces, { style: true })
    .filter(({ at }) => at.file.startsWith(prefix))
    .filter(({ at, severity }) => severity !== 'style' || generated.has(at.file));
  const findings = pointAtDefinitions(found, workspaces);
  return { findings: suppress(findings, files, readIgnoreFile(tree)), workspaces, files };
}
