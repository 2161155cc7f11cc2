import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import type { ParsedFiles } from '../../load/file-reader.ts';
import { openTree } from '../../load/file-tree.ts';
import { type BuildStage, buildAnew } from '../build.ts';
import type { BuildOptions, BuildResult } from '../build-result.ts';
import { sha256 } from '../cache/observe.ts';
import { digestAt } from '../cache/unchanged-build.ts';
import { DEFINITIONS, findDefinitions } from '../find-definitions.ts';
import type { BuildPlan } from '../plan-build.ts';
import { rememberingRunner } from './remembering-runner.ts';

/** What a watched build tells, each with the milliseconds since the change was noticed. */
export interface WatchListener {
  /** The files below the root because of which it builds; empty the first time. */
  readonly onStart?: (changed: readonly string[]) => void;
  /** The dashboards are compiled; their rules and types are not checked yet, and wait for this. */
  readonly onCompiled?: (compiled: BuildPlan) => Promise<void> | void;
  /** The dashboards are compiled and follow the rules; their types may still be checked. */
  readonly onValidated?: (took: number) => void;
  /** The build has ended, and written if it found nothing. */
  readonly onBuilt: (result: BuildResult, took: number) => void;
  /** It could not be done: no `dashboards/` just now, or a file that cannot be written. */
  readonly onError: (error: unknown) => void;
}

/** A build that goes on. */
export interface WatchedBuild {
  /** Stops watching; resolves when the build that runs has ended. */
  close(): Promise<void>;
}

/** Milliseconds to wait for more changes: an editor that saves all files does so one by one. */
const GATHER = 5;

/**
 * Builds, and again whenever a definition, a module it imports, or anything else that the last build read changes, comes
 * or goes. While there are findings nothing is written, and what was written last stays.
 */
export async function watchBuild(options: BuildOptions, listener: WatchListener): Promise<WatchedBuild> {
  const tree = openTree(options.root ?? '.');
  const { root } = tree;
  findDefinitions(tree);
  const runner = rememberingRunner();
  const parsed: ParsedFiles = new Map();
  const digests = new Map<string, string>();
  const changed = new Set<string>();
  let noticedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isClosed = false;

  const folders = [DEFINITIONS, options.provisioning ?? 'provisioning', 'tsconfig.json', 'package.json'];
  const watcher = watch(
    folders.map((path) => join(root, path)),
    { ignoreInitial: true, ignored: isIgnored, atomic: 20 },
  );
  // What cannot be watched is not watched; saving another file helps.
  watcher.on('error', listener.onError);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  watcher.on('all', (event, path) => {
    // Only files count; those of a folder that comes or goes are told one by one.
    if (!event.endsWith('Dir')) notice(path);
  });
  await start();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
      await watcher.close();
      runner.close();
    },
  };

  function notice(path: string): void {
    // The build's own writes are noticed too.
    const digest = digestAt(path);
    if (digests.get(path) === digest) return;
    digests.set(path, digest);
    if (changed.size === 0) noticedAt = performance.now();
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(start, GATHER);
  }

  /** Temporary files of a writer, and what packages and git keep. */
  function isIgnored(path: string): boolean {
    return /(?:^|[\\/])(?:node_modules|\.git)(?:[\\/]|$)|\.tmp$|~$|\.sw[px]$/.test(relative(root, path));
  }

  /** One build at a time; what changes meanwhile is for the next. */
  async function start(): Promise<void> {
    if (running || isClosed) return;
    running = once();
    await running;
    running = undefined;
    if (changed.size > 0) await start();
  }

  async function once(): Promise<void> {
    const paths = [...changed];
    changed.clear();
    listener.onStart?.(paths.map((path) => relative(root, path).split(sep).join('/')).sort());
    runner.changed(paths);
    const startedAt = noticedAt;
    const took = () => performance.now() - startedAt;
    try {
      const onStage = (stage: BuildStage) => {
        if (stage === 'types') listener.onValidated?.(took());
      };
      // Also where nobody is told: types are then checked after the definitions have run, whose result comes sooner.
      const onCompiled = (compiled: BuildPlan) => listener.onCompiled?.(compiled);
      const result = await buildAnew({ ...options, root }, { run: runner.run, onStage, parsed, onCompiled });
      const written = new Set(result.written);
      for (const { path, after } of result.plan.files)
        if (written.has(path)) digests.set(join(root, path), after === undefined ? 'missing' : sha256(after));
      // A watcher that is closed opens again by this.
      if (!isClosed) watcher.add(result.inputs.filter((path) => !isIgnored(path)));
      // Ctrl-C reaches the processes of a build too, and what then fails is no news.
      if (!isClosed || result.written.length > 0) listener.onBuilt(result, took());
    } catch (error) {
      if (!isClosed) listener.onError(error);
    }
    // Not earlier: loading what the next definitions need would slow down this build.
    if (!isClosed) runner.prepare();
  }
}
