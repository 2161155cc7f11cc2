import { createInterface } from 'node:readline';
import type { Terminal } from './terminal.ts';

/** Asks a question on a terminal; where there is none the answer is no. */
export async function agrees({ stdin, stdout, stderr }: Terminal, question: string): Promise<boolean> {
  if (!stdin?.isTTY || !stdout.isTTY) return false;
  stderr.write(`${question} [y/N] `);
  const lines = createInterface({ input: stdin });
  for await (const line of lines) {
    lines.close();
    return /^\s*y(es)?\s*$/i.test(line);
  }
  return false;
}
