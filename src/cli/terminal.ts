import type { Command } from 'commander';

/** Where a command writes: results to `stdout`, talk to `stderr`; and where it reads answers. */
export interface Terminal {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Absent where nobody can be asked. */
  readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Makes one command of the CLI; what it runs says its exit code with `exit`. */
export type MakeCommand = (terminal: Terminal, exit: (code: number) => void) => Command;

/** Colours where a person reads: on a terminal that has them, unless NO_COLOR says otherwise; FORCE_COLOR wins. */
export function wantsColor({ stdout, environment }: Terminal): boolean {
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0';
  return stdout.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
}
