import type { BuildOptions, BuildResult } from '../build/build-result.ts';
import { untilSignal } from '../build/until-signal.ts';
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
  await new Promise<void>((resolve) => {
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
  await watched.close();
  await printed;
}
