import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { commitOf, type GitFolder, gitFolder } from '../load/git-tree.ts';
import { nearestHint } from '../model/nearest.ts';
import { UsageError } from '../model/usage-error.ts';
import { commitSide, pathSide, type Side, workingSide } from './side.ts';

/** What to compare, as a user says it. */
export interface SidesOptions {
  /** The folder that refs and the working tree are looked at in. Default: the current one. */
  readonly root?: string | undefined;
  /** A git ref, or with `after` a file or folder. Default: where the current branch left the main one. */
  readonly before?: string | undefined;
  /** A file or folder, or another ref. Default: the working tree. */
  readonly after?: string | undefined;
  /** The branch that a pull request goes to, where something knows it. */
  readonly target?: string | undefined;
}

/** The two states to compare. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/**
 * Opens what is to be compared.
 *
 * @throws UsageError when there is no such ref, file or folder
 */
export function openSides(options: SidesOptions = {}): Sides {
  const { root = '.', before, after, target } = options;
  if (before !== undefined && after !== undefined) {
    const [isBefore, isAfter] = [before, after].map((path) => existsSync(resolve(root, path)));
    if (isBefore && isAfter)
      return { before: pathSide(resolve(root, before), after), after: pathSide(resolve(root, after), after) };
    const git = gitFolder(root);
    return { before: refSide(git, before), after: refSide(git, after) };
  }
  const git = gitFolder(root);
  return {
    before: before === undefined ? baseSide(git, target) : refSide(git, before),
    after: workingSide(git),
  };
}

function refSide(git: GitFolder, ref: string): Side {
  const commit = commitOf(git, ref);
  if (commit !== undefined) return commitSide(git, named(ref, commit), commit);
  requireCommits(git);
  const isPath = existsSync(resolve(git.root, ref));
  const hint = isPath
    ? ': it is a path, and two of them are needed, before and after'
    : `${nearestHint(ref, refsOf(git))}${isShallow(git) ? '; this clone is shallow, so older ones may not have been fetched' : ''}`;
  throw new UsageError(`there is no commit "${ref}"${hint}`);
}

/** Where the current commit left the main branch: what a pull request brings is everything since. */
function baseSide(git: GitFolder, target: string | undefined): Side {
  requireCommits(git);
  const branches = [
    ...(target === undefined ? [] : [`origin/${target}`, target]),
    'origin/HEAD',
    'origin/main',
    'origin/master',
    'main',
    'master',
  ];
  const branch = branches.find((name) => commitOf(git, name) !== undefined);
  if (branch === undefined)
    throw new UsageError(
      'there is no branch main or master to compare with: name a ref, as in `diff HEAD~1`',
    );
  const merge = git.run(['merge-base', '--end-of-options', branch, 'HEAD']);
  const commit = merge.ok ? merge.stdout.toString().trim() : '';
  if (commit !== '') return commitSide(git, named(branch, commit), commit);
  throw new UsageError(
    isShallow(git)
      ? `the history of this shallow clone does not reach back to ${branch}: run \`git fetch --unshallow\`, or name a ref`
      : `HEAD and ${branch} have no commit in common: name a ref to compare with`,
  );
}

function requireCommits(git: GitFolder): void {
  if (commitOf(git, 'HEAD') !== undefined) return;
  throw new UsageError('this repository has no commit yet: there is nothing to compare with');
}

function refsOf(git: GitFolder): string[] {
  const answer = git.run(['for-each-ref', '--count=1000', '--format=%(refname:short)']);
  return answer.ok ? answer.stdout.toString().split('\n').filter(Boolean) : [];
}

function isShallow(git: GitFolder): boolean {
  const answer = git.run(['rev-parse', '--is-shallow-repository']);
  return answer.ok && answer.stdout.toString().trim() === 'true';
}

function named(ref: string, commit: string): string {
  const short = commit.slice(0, 7);
  return commit.startsWith(ref) ? short : `${ref} (${short})`;
}
