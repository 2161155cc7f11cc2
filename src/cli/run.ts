import { Command, CommanderError } from 'commander';
import { UsageError } from '../model/usage-error.ts';
import { buildCommand } from './build-command.ts';
import { checkCommand } from './check-command.ts';
import { diffCommand } from './diff-command.ts';
import { EXIT } from './exit.ts';
import { fixCommand } from './fix-command.ts';
import { importCommand } from './import-command.ts';
import { initCommand } from './init-command.ts';
import { metricsCommand } from './metrics-command.ts';
import { previewCommand } from './preview-command.ts';
import { explainCommand, rulesCommand } from './rules-command.ts';
import type { Terminal } from './terminal.ts';
import { verifyCommand } from './verify-command.ts';

/** Runs a command line and gives its exit code: 0, 1 (findings), 2 (usage), 3 (our bug). */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = new Command('panelproof')
    .description('Grafana dashboards as TypeScript, proved to load and show data before a merge')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'panelproof: ')),
    });
  for (const command of [
    buildCommand,
    checkCommand,
    fixCommand,
    diffCommand,
    verifyCommand,
    metricsCommand,
    importCommand,
    initCommand,
    previewCommand,
    rulesCommand,
    explainCommand,
  ]) {
    const added = command(terminal, (code) => {
      exitCode = code;
    });
    program.addCommand(added.copyInheritedSettings(program));
    for (const below of added.commands) below.copyInheritedSettings(program);
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, terminal);
  }
}

declare const PANELPROOF_VERSION: string | undefined;
/** Put in when bundled, so that no file has to be read for it. */
const VERSION = typeof PANELPROOF_VERSION === 'string' ? PANELPROOF_VERSION : 'development';

function exitCodeOf(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError) {
    terminal.stderr.write(`panelproof: ${error.message}\n`);
    return EXIT.usage;
  }
  // A full disk or a missing permission is the user's to mend, and its message says so; anything else is our bug.
  if (error instanceof Error && error.name === 'WriteError') {
    terminal.stderr.write(`panelproof: ${error.message}\n`);
    return EXIT.findings;
  }
  if (isRefusal(error)) {
    terminal.stderr.write(`panelproof: ${error.message}\n`);
    return EXIT.usage;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.stderr.write(`panelproof: this is a bug in panelproof, please report it\n${trace}\n`);
  return EXIT.bug;
}

/** What the machine has not, or does not allow; Node's message has the path. */
function isRefusal(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'syscall' in error &&
    'code' in error &&
    /^E(?:ACCES|DQUOT|IO|MFILE|NFILE|NOMEM|NOSPC|PERM|ROFS)$/.test(String(error.code))
  );
}
