import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { execaSync } from 'execa';

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

/** Milliseconds for each call of git, and bytes that are read from it. */
const TIME_LIMIT = 5000;
const SIZE_LIMIT = 64 * 1024 * 1024;

/**
 * Settings that keep git from running anything that a repository's own configuration names: hooks, a file-system
 * monitor, pagers, credential helpers, other transports. Blobs are read raw, so that no text conversion or filter
 * is asked; what a partial clone has not fetched is left out.
 */
const HARDENED = [
  '--no-pager',
  '--literal-pathspecs',
  '--no-optional-locks',
  '--no-replace-objects',
  ...[
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'core.untrackedCache=false',
    'core.pager=cat',
    'core.sshCommand=false',
    'core.askPass=false',
    'core.alternateRefsCommand=true',
    'credential.helper=',
    'diff.external=',
    'log.showSignature=false',
    'gpg.program=false',
    'log.mailmap=false',
    'protocol.allow=never',
    'safe.bareRepository=explicit',
    'maintenance.auto=false',
    'gc.auto=0',
  ].flatMap((setting) => ['-c', setting]),
];

/**
 * The texts that a file had in the commits that lead to the current one, newest first, the last committed one
 * included; a text that did not change between commits comes once. Empty when `root` is not the root of a repository
 * (one further up is outside the tree), when git is not there, refuses (another user's repository) or takes too long.
 */
export function fileHistory(root: string, path: string, options: HistoryOptions = {}): readonly OlderText[] {
  const { max = 50, git = 'git' } = options;
  if (path.includes('\0') || path === '') return [];
  const log = run(git, root, [
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
  const answers = blobs(run(git, root, ['cat-file', '--batch'], requests));
  const texts = commits.flatMap((commit, index) => {
    const text = answers[index];
    return text === undefined ? [] : [{ ...commit, text }];
  });
  // Of equal neighbours the oldest is the commit that brought the text.
  return texts.filter(({ text }, index) => text !== texts[index + 1]?.text);
}

function run(git: string, root: string, words: readonly string[], input = ''): Buffer | undefined {
  try {
    const cwd = realpathSync(root);
    const { stdout, failed } = execaSync(git, [...HARDENED, ...words], {
      cwd,
      input,
      env: environment(dirname(cwd)),
      extendEnv: false,
      encoding: 'buffer',
      stripFinalNewline: false,
      timeout: TIME_LIMIT,
      maxBuffer: SIZE_LIMIT,
      reject: false,
    });
    return failed ? undefined : Buffer.from(stdout);
  } catch {
    return undefined;
  }
}

/** Only what git needs to be found: variables such as `GIT_DIR` or `GIT_EXTERNAL_DIFF` of the caller do not count. */
function environment(above: string): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    LC_ALL: 'C',
    GIT_CEILING_DIRECTORIES: above,
    // Wins over `protocol.<name>.allow`, which the repository may set.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_PAGER: 'cat',
  };
}

/** The answers of `git cat-file --batch` in order: `<hash> blob <size>`, the bytes, a line end; or one line that says why not. */
function blobs(output: Buffer | undefined): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  if (!output) return texts;
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    if (end === -1) break;
    const [, type, size] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(output.subarray(at, end).toString()) ?? [];
    at = end + 1;
    if (size === undefined) {
      texts.push(undefined);
      continue;
    }
    texts.push(type === 'blob' ? output.subarray(at, at + Number(size)).toString('utf8') : undefined);
    at += Number(size) + 1;
  }
  return texts;
}
