import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { runGit } from './run-git.ts';

/** Commits that are looked through. */
const MAX_COMMITS = 200;

/** Whether a file had other texts than these bytes. */
export type ChangeTest = (path: string, bytes: Buffer) => boolean;

/**
 * Tells which files were changed by the newest commits, or are changed and not yet committed: those whose older texts
 * are worth reading. Two calls of git for all files of a tree; none is when the root is not that of a repository.
 */
export function changedFiles(root: string): ChangeTest {
  try {
    const ceiling = dirname(realpathSync(root));
    const log = ['log', `--max-count=${MAX_COMMITS}`, '--format=', '--name-only', '--diff-filter=M', '-z'];
    const modified = runGit(root, [...log, '--no-renames', '--no-ext-diff', '--no-textconv'], { ceiling });
    const committed = runGit(root, ['ls-tree', '-r', '-z', 'HEAD'], { ceiling });
    if (!modified.ok || !committed.ok) return () => false;
    const paths = new Set(modified.stdout.toString().split('\0'));
    const hashes = hashesIn(committed.stdout.toString());
    return (path, bytes) => {
      const hash = hashes.get(path);
      return hash !== undefined && (paths.has(path) || hash !== blobHash(bytes, hash.length));
    };
  } catch {
    return () => false;
  }
}

/** Lines of `git ls-tree`: `<mode> blob <hash>`, a tab, the path. */
function hashesIn(listing: string): Map<string, string> {
  const lines = listing.split('\0').map((line) => /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line));
  return new Map(lines.flatMap((line) => (line?.[1] && line[2] ? [[line[2], line[1]] as const] : [])));
}

/** The hash by which git knows these bytes. */
function blobHash(bytes: Buffer, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
