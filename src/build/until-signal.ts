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
