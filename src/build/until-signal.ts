import { removeTemporaryFolders } from './cache/temporary-folder.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that makes temporary folders. Ctrl-C ends the program in the middle of it as it would anyway, so that a shell
 * sees the signal, but leaves no folder behind; execa ends the processes that it started.
 */
export async function untilSignal<T>(work: () => Promise<T>): Promise<T> {
  const end = (signal: NodeJS.Signals) => {
    forget();
    removeTemporaryFolders();
    process.kill(process.pid, signal);
  };
  const forget = () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    return await work();
  } finally {
    forget();
  }
}

/** Resolves at Ctrl-C or a request to end; the next one is no longer waited for, and ends the program. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      resolve();
      // Not at once: execa ends the program by the same signal when nobody else listens to it.
      setImmediate(() => {
        for (const signal of STOPS) process.off(signal, stop);
      });
    };
    for (const signal of STOPS) process.on(signal, stop);
  });
}

const STOPS = ['SIGINT', 'SIGTERM'] as const;
