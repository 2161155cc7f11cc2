import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { blobTexts, runGit } from './run-git.ts';

/** A text that a file once had. */
export interface OlderText {
  /** Full hash of the commit that gave it this text. */
  readonly commit: string;
  /** When it was committed, as ISO 8601. */
  readonly date: string;
  readonly text: string;
}

/** How far back is looked. */
export interface HistoryOptions {
  /** At most so many commits; 50 by default. */
  readonly max?: number;
  /** The git to run. */
  readonly git?: string;
}

/**
 * The texts that a file had in the commits that lead to the current one, newest first, the last committed one
 * included; a text that did not change between commits comes once. Empty when `root` is not the root of a repository
 * (one further up is outside the tree), when git is not there, refuses (another user's repository) or takes too long.
 */
export function fileHistory(root: string, path: string, options: HistoryOptions = {}): readonly OlderText[] {
  const { max = 50, git = 'git' } = options;
  if (path.includes('\0') || path === '') return [];
  const folder = realFolder(root);
  if (folder === undefined) return [];
  const run = (words: readonly string[], input = '') => {
    const answer = runGit(folder, words, { git, input, ceiling: dirname(folder) });
    return answer.ok ? answer.stdout : undefined;
  };
  const log = run([
    'log',
    `--max-count=${max}`,
    '--format=%H %cI',
    '--no-textconv',
    '--no-ext-diff',
    '--no-show-signature',
    '--no-renames',
    '--',
    path,
  ]);
  const commits = (log?.toString() ?? '').split('\n').flatMap((line) => {
    const [, commit, date] = /^([0-9a-f]{40,64}) (\S+)$/.exec(line) ?? [];
    return commit === undefined || date === undefined ? [] : [{ commit, date }];
  });
  if (commits.length === 0) return [];
  // A request of `cat-file --batch` is one line.
  if (path.includes('\n')) return [];
  const requests = commits.map(({ commit }) => `${commit}:${path}\n`).join('');
  const answers = blobTexts(run(['cat-file', '--batch'], requests));
  const texts = commits.flatMap((commit, index) => {
    const text = answers[index];
    return text === undefined ? [] : [{ ...commit, text }];
  });
  // Of equal neighbours the oldest is the commit that brought the text.
  return texts.filter(({ text }, index) => text !== texts[index + 1]?.text);
}

function realFolder(root: string): string | undefined {
  try {
    return realpathSync(root);
  } catch {
    return undefined;
  }
}
