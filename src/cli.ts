#!/usr/bin/env node
import { run } from './cli/run.ts';

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  // Only asked for when a command has a question: opening it is work.
  get stdin() {
    return process.stdin;
  },
  environment: process.env,
});
