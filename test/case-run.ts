import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskTree } from '../src/load/file-tree.ts';
import { pointIntoFiles } from '../src/load/kubernetes/point-into-file.ts';
import { loadWorkspaces } from '../src/load/workspaces.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';
import type { WorkspaceFiles } from '../src/model/workspace.ts';
import { runRules } from '../src/rules/run-rules.ts';

/** Checks the `broken` tree of a case with every rule, those of style too. */
export function checkCase(folder: string): { findings: Finding[]; files: WorkspaceFiles } {
  const { place, remove } = withHistory(folder);
  try {
    const { workspaces, files, embedded } = loadWorkspaces(diskTree(join(place, 'broken')));
    const findings = [...pointIntoFiles(runRules(workspaces, { style: true }), files, embedded)];
    // Reports read the files later, which then are remembered.
    for (const { at } of findings) files.get(at.file);
    return { findings, files };
  } finally {
    remove();
  }
}

/** Applies the fixes of one rule to the `broken` tree of a case, unsafe ones too. */
export async function fixCase(folder: string, rule: Rule): Promise<void> {
  const { fix } = await import('../src/doctor/fix.ts');
  const broken = join(folder, 'broken');
  if (hasHistory(folder)) commitBefore(folder);
  await fix(broken, { only: [rule.id], unsafe: true, write: true });
  rmSync(join(broken, '.git'), { recursive: true, force: true });
}

/** A case with a tree `before` is one of a repository in which that was committed. */
function hasHistory(folder: string): boolean {
  return existsSync(join(folder, 'before'));
}

/** A copy of such a case as a repository; other cases are taken as they are. */
function withHistory(folder: string): { readonly place: string; readonly remove: () => void } {
  if (!hasHistory(folder)) return { place: folder, remove: () => {} };
  const place = mkdtempSync(join(tmpdir(), 'panelproof-history-'));
  cpSync(folder, place, { recursive: true });
  commitBefore(place);
  return { place, remove: () => rmSync(place, { recursive: true }) };
}

/** Makes `broken` a repository whose only commit holds `before`. */
function commitBefore(folder: string): void {
  const git = (...words: string[]) =>
    execFileSync(
      'git',
      ['--git-dir', join(folder, 'broken/.git'), '--work-tree', join(folder, 'before'), ...words],
      {
        stdio: 'ignore',
        env: {
          PATH: process.env.PATH,
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_AUTHOR_DATE: '2025-01-01T12:00:00Z',
          GIT_COMMITTER_DATE: '2025-01-01T12:00:00Z',
        },
      },
    );
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=case', '-c', 'user.email=case@example.com', 'commit', '--quiet', '-m', 'Before');
}
