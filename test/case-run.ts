import { join } from 'node:path';
import { diskTree } from '../src/load/file-tree.ts';
import { loadWorkspaces } from '../src/load/workspaces.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';
import type { WorkspaceFiles } from '../src/model/workspace.ts';
import { runRules } from '../src/rules/run-rules.ts';

/** Checks the `broken` tree of a case with every rule, those of style too. */
export function checkCase(folder: string): { findings: Finding[]; files: WorkspaceFiles } {
  const { workspaces, files } = loadWorkspaces(diskTree(join(folder, 'broken')));
  return { findings: runRules(workspaces, { style: true }), files };
}

/** Applies the fixes of one rule to the `broken` tree of a case, unsafe ones too. */
export async function fixCase(folder: string, rule: Rule): Promise<void> {
  const { fix } = await import('../src/doctor/fix.ts');
  await fix(join(folder, 'broken'), { only: [rule.id], unsafe: true, write: true });
}
