import { writeSync } from 'node:fs';
import { EXIT } from './exit.ts';
import type { Terminal } from './terminal.ts';

/**
 * Standard output without Node's streams, which have to be loaded first; for what is written once, at the end
 * and without colours.
 */
export const directOutput: Terminal['stdout'] = {
  write(text) {
    let rest = Buffer.from(text);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // A pipe that does not wait until there is room: streams do.
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') process.stdout.write(rest);
      else outputFailed(error as NodeJS.ErrnoException);
    }
  },
};

/** Ends the process when its output cannot be written. */
export function outputFailed(error: NodeJS.ErrnoException): never {
  // Whoever reads the output may stop before its end, as `head` does.
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`panelproof: cannot write the output: ${error.message}\n`);
  process.exit(EXIT.usage);
}
