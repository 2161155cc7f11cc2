// Not execa, which takes as long to load as a small tree to check.
import { spawnSync } from 'node:child_process';

/** What git is asked with. */
export interface GitOptions {
  /** No repository at or above this folder is looked for. */
  readonly ceiling: string;
  /** Standard input. */
  readonly input?: string;
  /** Milliseconds; 5,000 by default. */
  readonly timeLimit?: number;
  /** The git to run. */
  readonly git?: string;
}

/** What git said. `why` is one line: its own, or that it is not there or took too long. */
export type GitAnswer =
  | { readonly ok: true; readonly stdout: Buffer }
  | { readonly ok: false; readonly why: string };

/** Bytes that are read from one call. */
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
 * Runs git in a folder, hardened: nothing that the repository's own configuration names is run. A repository of
 * another user is refused, unless the user's own configuration calls it safe. Never throws.
 */
export function runGit(folder: string, words: readonly string[], options: GitOptions): GitAnswer {
  const answer = runOnce(folder, words, options);
  if (answer.ok || !answer.why.includes('dubious ownership')) return answer;
  const safe = safeDirectories(options.git);
  return safe.length === 0 ? answer : runOnce(folder, [...safe, ...words], options);
}

function runOnce(folder: string, words: readonly string[], options: GitOptions): GitAnswer {
  const { ceiling, input = '', timeLimit = 5000, git = 'git' } = options;
  const { status, stdout, stderr, error } = spawnSync(git, [...HARDENED, ...words], {
    cwd: folder,
    input,
    env: environment(ceiling),
    timeout: timeLimit,
    maxBuffer: SIZE_LIMIT,
  });
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  // One that ends before it has read its input says why itself.
  const isHeard = error === undefined || code === 'EPIPE';
  if (status === 0 && isHeard) return { ok: true, stdout };
  if (code === 'ETIMEDOUT') return { ok: false, why: 'git took too long' };
  if (code === 'ENOENT') return { ok: false, why: 'git is not installed' };
  if (!isHeard) return { ok: false, why: error.message };
  const [first = ''] = stderr.toString().split('\n');
  return { ok: false, why: first.replace(/^(?:fatal|error): /, '') || 'git failed' };
}

/** What the user calls safe, which the hardened git does not read, as settings for it. */
function safeDirectories(git = 'git'): string[] {
  const words = ['config', '--global', '--get-all', 'safe.directory'];
  const { stdout } = spawnSync(git, words, { cwd: '/', timeout: 5000, encoding: 'utf8' });
  const paths = (stdout ?? '').split('\n').filter((path) => path !== '');
  return paths.flatMap((path) => ['-c', `safe.directory=${path}`]);
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
export function blobTexts(output: Buffer | undefined): (string | undefined)[] {
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
