#!/usr/bin/env node
import { join } from 'node:path';
import { outputFailed } from './cli/direct-output.ts';
import { EXIT } from './cli/exit.ts';
import type { Terminal } from './cli/terminal.ts';
import { unchangedBuildCommand } from './cli/unchanged-build-command.ts';

const args = process.argv.slice(2);
const terminal: Terminal = {
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
  // Each only asked for when there is something to write or to ask: opening it is work.
  get stdin() {
    return process.stdin;
  },
  environment: process.env,
};

unchangedBuildCommand(args)
  .then((exitCode) => exitCode ?? runCommand())
  .then((exitCode) => {
    process.exitCode = exitCode;
  });

/** Loaded only now: most builds end before. */
async function runCommand(): Promise<number> {
  process.stdout.on('error', outputFailed);
  const { loadCached } = await import('./build/cache/load-cached.ts');
  const { optimiseLater } = await import('./build/cache/optimise-later.ts');
  optimiseLater();
  const purpose = /^[a-z]+$/.exec(args[0] ?? '')?.[0] ?? 'help';
  const { exports, keep } = loadCached(join(import.meta.dirname, 'run.js'), purpose);
  const exitCode = await (exports as typeof import('./cli/run.ts')).run(args, terminal);
  // A command that does not exist is not worth a file.
  if (exitCode !== EXIT.usage) keep();
  return exitCode;
}
