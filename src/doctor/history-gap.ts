import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runGit } from '../load/run-git.ts';
import type { Workspace } from '../model/workspace.ts';

/**
 * Why changed uids could not be looked for, as one sentence: git refuses the repository (another user's, as in a
 * container), or a shallow clone has none of its history. Undefined where nothing was missed: nothing keeps the
 * database, or there is no repository at all.
 */
export function historyGap(workspaces: readonly Workspace[]): string | undefined {
  const keeping = workspaces.find(
    ({ grafana, datasources }) => grafana.persistsDatabase && datasources.length > 0,
  );
  if (!keeping || !existsSync(join(keeping.root, '.git'))) return undefined;
  const root = realpathSync(keeping.root);
  const shallow = runGit(root, ['rev-parse', '--is-shallow-repository'], { ceiling: dirname(root) });
  if (!shallow.ok) return `Changed uids were not looked for, since git says: ${shallow.why}`;
  return shallow.stdout.toString().trim() === 'true'
    ? 'Changed uids are only looked for in what this shallow clone has of the history: fetch all of it (`fetch-depth: 0`)'
    : undefined;
}
