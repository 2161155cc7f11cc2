import { looksUnchanged, type UnchangedBuild } from '../build/cache/last-look.ts';
import { unchangedResult } from '../build/unchanged-result.ts';
import { directOutput } from './direct-output.ts';
import { printBuild } from './print-build.ts';
import type { Terminal } from './terminal.ts';
import { underRoot } from './under-root.ts';

/** A `build` whose flags are plain enough to be read without the parser of the command line. */
interface PlainBuild {
  readonly dir: string;
  readonly provisioning: string;
  readonly check: boolean;
  readonly json: boolean;
  readonly diff: boolean;
}

/**
 * Answers `panelproof build` when nothing has changed since the last one, before anything heavy is loaded. Gives the
 * exit code, or undefined when the command has to run.
 */
export async function unchangedBuildCommand(args: readonly string[]): Promise<number | undefined> {
  // Not `performance`, which has to be loaded first.
  const started = Date.now();
  const flags = plainBuild(args);
  const unchanged = flags && (await lookUp(flags));
  if (!unchanged) return undefined;
  await printBuild(unchangedResult(unchanged), flags, TERMINAL, Date.now() - started);
  return 0;
}

const TERMINAL: Terminal = {
  stdout: directOutput,
  get stderr() {
    return process.stderr;
  },
  environment: process.env,
};

async function lookUp({ dir, provisioning }: PlainBuild): Promise<UnchangedBuild | undefined> {
  try {
    const below = underRoot(dir, provisioning);
    const seen = looksUnchanged(dir, below);
    if (seen) return seen;
    const { readsUnchanged } = await import('../build/cache/unchanged-build.ts');
    return readsUnchanged(dir, below);
  } catch {
    // Whatever is wrong, the command itself says it better.
    return undefined;
  }
}

function plainBuild(args: readonly string[]): PlainBuild | undefined {
  const [command, ...rest] = args;
  if (command !== 'build') return undefined;
  const found = { dir: undefined as string | undefined, provisioning: 'provisioning' };
  const given = new Set<string>();
  for (let index = 0; index < rest.length; index++) {
    const arg = rest[index] ?? '';
    if (arg === '--check' || arg === '--json' || arg === '--diff') given.add(arg);
    else if (arg === '-p' || arg === '--provisioning') found.provisioning = rest[++index] ?? '';
    else if (arg.startsWith('-') || arg === '' || found.dir !== undefined) return undefined;
    else found.dir = arg;
  }
  if (found.provisioning === '' || (given.has('--check') && given.has('--diff'))) return undefined;
  return {
    dir: found.dir ?? '.',
    provisioning: found.provisioning,
    check: given.has('--check'),
    json: given.has('--json'),
    diff: given.has('--diff'),
  };
}
