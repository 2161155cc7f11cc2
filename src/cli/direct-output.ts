import { writeSync } from 'node:fs';
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
      const { code } = error as NodeJS.ErrnoException;
      // Whoever reads the output may stop before its end, as `head` does.
      if (code === 'EPIPE') process.exit();
      // A pipe that does not wait until there is room: streams do.
      if (code !== 'EAGAIN') throw error;
      process.stdout.write(rest);
    }
  },
};
