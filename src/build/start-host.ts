import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { packageFile } from '../load/package-file.ts';
import { temporaryFolder } from './cache/temporary-folder.ts';
import { isCompiledByNode } from './host/compile-module.ts';
import type { HostInput, HostMessage, HostWork } from './host/host-messages.ts';

/** How a process for definitions is started. */
export interface HostOptions {
  /** Absolute path of the workspace root. */
  readonly root: string;
  /** Folder for compiled modules; undefined compiles afresh. */
  readonly cacheFolder: string | undefined;
  /** URLs of modules of packages to load before there is work. */
  readonly preload?: readonly string[];
}

/** A process that waits for definitions to run; it takes work once. */
export interface DefinitionHost {
  /** Runs definitions (URLs) and hands over what is said of each; `end` tells how the process ended. */
  run(work: HostWork, onMessage: (message: HostMessage) => void): Promise<HostEnd>;
  /** Ends it at once. */
  kill(): void;
}

/** How a process ended and what it printed. */
export interface HostEnd {
  readonly exitCode: number | undefined;
  /** What stopped it, such as SIGABRT when its memory is full. */
  readonly signal: string | undefined;
  readonly output: string;
}

/** Starts a process that can run definitions. */
export function startHost({ root, cacheFolder, preload = [] }: HostOptions): DefinitionHost {
  // Made here: a process that is ended removes nothing.
  const ahead = cacheFolder === undefined || isCompiledByNode ? undefined : temporaryFolder(root);
  const input: HostInput = { cacheFolder, aheadFolder: ahead?.path, preload };
  const host = execa(process.execPath, [...FLAGS, bundled('definition-host.js'), JSON.stringify(input)], {
    cwd: root,
    ipc: true,
    stdin: 'ignore',
    all: true,
    reject: false,
    cleanup: true,
    // A definition can have a listener for any other.
    killSignal: 'SIGKILL',
  });
  void host.finally(() => ahead?.remove());
  return {
    async run(work, onMessage) {
      host.on('message', (message) => onMessage(message as HostMessage));
      // A process that cannot take its work ends, and its end says why.
      host.send(work, () => {});
      const { exitCode, signal, all } = await host;
      return { exitCode, signal, output: all };
    },
    kill() {
      host.kill();
    },
  };
}

const FLAGS = [
  '--experimental-vm-modules',
  '--experimental-import-meta-resolve',
  // Of what the two before it allow, and nothing else: warnings of definitions are for their author.
  '--disable-warning=ExperimentalWarning',
];

/** A file of the bundle: beside this one when it is bundled itself, in `dist/` when this runs from `src/`. */
function bundled(name: string): string {
  const beside = fileURLToPath(new URL(name, import.meta.url));
  return existsSync(beside) ? beside : packageFile(`dist/${name}`);
}
