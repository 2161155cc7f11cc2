import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Absolute paths of the files by which git says which commit a repository is at, whether they exist or not: some rules
 * look at what a file was in earlier commits. Empty when the folder is no root of a repository.
 */
export function gitFiles(root: string): readonly string[] {
  const dotGit = join(root, '.git');
  if (!existsSync(dotGit)) return [];
  // In a linked worktree `.git` is a file that names the folder, and that one names the folder all worktrees share.
  const own = statSync(dotGit).isDirectory()
    ? dotGit
    : resolve(root, textAt(dotGit).replace(/^gitdir:\s*/, ''));
  const shared = resolve(own, textAt(join(own, 'commondir')) || '.');
  const branch = /^ref: (refs\/.+)$/.exec(textAt(join(own, 'HEAD')))?.[1];
  return [
    join(own, 'HEAD'),
    ...(branch === undefined ? [] : [join(shared, branch)]),
    join(shared, 'packed-refs'),
    join(shared, 'reftable/tables.list'),
    join(shared, 'shallow'),
  ];
}

function textAt(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
