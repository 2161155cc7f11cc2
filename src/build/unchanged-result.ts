import type { WorkspaceFiles } from '../model/workspace.ts';
import type { BuildResult } from './build-result.ts';
import type { UnchangedBuild } from './cache/last-look.ts';

/** The result of a build that had nothing to do. */
export function unchangedResult({ outputs, printed }: UnchangedBuild): BuildResult {
  const files: WorkspaceFiles = {
    get: () => undefined,
    history: () => [],
    kind: () => undefined,
    list: () => [],
  };
  const plan = { files: [], refused: [] };
  return { findings: [], outputs, plan, written: [], output: printed, files, inputs: [] };
}
