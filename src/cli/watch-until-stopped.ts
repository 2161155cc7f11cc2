import type { BuildOptions, BuildResult } from '../build/build-result.ts';
import { stopSignal, untilSignal } from '../build/until-signal.ts';
import { watchBuild } from '../build/watch/watch-build.ts';
import { printBuild } from './print-build.ts';
import type { Terminal } from './terminal.ts';

/** Builds and goes on building until Ctrl-C (or a request to end), and prints what each build came to. */
export async function watchUntilStopped(options: BuildOptions, terminal: Terminal): Promise<void> {
  // Prints one after the other: a build can end while the one before is still printed.
  let printed = Promise.resolve();
  const print = (result: BuildResult, took: number) => {
    const outputs = result.outputs.filter(({ state }) => state !== 'unchanged');
    printed = printed.then(() => printBuild({ ...result, outputs }, {}, terminal, took));
  };
  const watched = await untilSignal(() =>
    watchBuild(options, {
      onStart: (changed) => {
        if (changed.length > 0) terminal.stderr.write(`\nchanged: ${changed.join(', ')}\n`);
      },
      onBuilt: print,
      onError: (error) =>
        terminal.stderr.write(`panelproof: ${error instanceof Error ? error.message : error}\n`),
    }),
  );
  terminal.stderr.write('watching; Ctrl-C ends it\n');
  await stopSignal();
  const slow = setTimeout(
    () => terminal.stderr.write('waiting for the build that runs; Ctrl-C again does not wait\n'),
    SHORT,
  );
  await untilSignal(() => watched.close());
  clearTimeout(slow);
  await printed;
}

/** Milliseconds that need no word. */
const SHORT = 500;
