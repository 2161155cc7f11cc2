import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type DefinedDashboard,
  type ModuleFacts,
  type RunOptions,
  type RunResult,
  runDefinitions,
} from '../run-definitions.ts';
import { type DefinitionHost, type HostOptions, startHost } from '../start-host.ts';

/** Runs definitions, but only those that a change concerns; a process for the next run waits in advance. */
export interface RememberingRunner {
  readonly run: typeof runDefinitions;
  /** Absolute paths of files that changed, came or went since the last run. */
  changed(paths: readonly string[]): void;
  /** Starts the process for the next run; in vain while there was none. */
  prepare(): void;
  close(): void;
}

/** A runner that remembers what each definition came to. */
export function rememberingRunner(): RememberingRunner {
  const remembered = new Map<string, readonly DefinedDashboard[]>();
  const imports = new Map<string, readonly string[]>();
  const changes = new Set<string>();
  let waiting: DefinitionHost | undefined;
  let last: RunOptions | undefined;
  let facts: ModuleFacts = { loaded: [], imports: [], outsideWorld: undefined };

  async function run(definitions: readonly string[], options: RunOptions): Promise<RunResult> {
    const concerned = definitions.filter((definition) => isConcerned(definition, options.root));
    changes.clear();
    const host = waiting;
    if (concerned.length > 0) waiting = undefined;
    const fresh = await runDefinitions(concerned, { ...options, host });
    for (const definition of concerned) {
      const dashboards = fresh.dashboards.filter((dashboard) => dashboard.definition === definition);
      remembered.set(definition, dashboards);
    }
    learn(fresh.modules);
    const dashboards = definitions.flatMap((definition) => remembered.get(definition) ?? []);
    // What failed may have missed a file that is there the next time.
    if (fresh.errors.length > 0) for (const definition of concerned) remembered.delete(definition);
    last = options;
    return { ...fresh, dashboards, modules: facts };
  }

  function isConcerned(definition: string, root: string): boolean {
    // What looks at the world may see another one.
    if (!remembered.has(definition) || facts.outsideWorld !== undefined) return true;
    return [...modulesOf(join(root, definition))].some((path) => changes.has(path));
  }

  /** All modules that one imports, itself included. */
  function modulesOf(path: string, seen: Set<string> = new Set()): Set<string> {
    if (seen.has(path)) return seen;
    seen.add(path);
    for (const next of imports.get(path) ?? []) modulesOf(next, seen);
    return seen;
  }

  function learn(news: ModuleFacts): void {
    const edges = new Map<string, string[]>();
    for (const [from, to] of news.imports) edges.set(from, [...(edges.get(from) ?? []), to]);
    for (const [from, to] of edges) imports.set(from, to);
    facts = {
      loaded: [...new Set([...facts.loaded, ...news.loaded])],
      imports: [],
      outsideWorld: news.outsideWorld ?? facts.outsideWorld,
    };
  }

  function warmed({ root, cacheFolder }: RunOptions): HostOptions {
    const packages = new Set([...imports.values()].flat().filter((path) => path.includes('node_modules')));
    return {
      root,
      cacheFolder,
      preload: [...packages].map((path) => pathToFileURL(path).href),
    };
  }

  return {
    run,
    changed(paths) {
      for (const path of paths) changes.add(path);
    },
    prepare() {
      if (last) waiting ??= startHost(warmed(last));
    },
    close() {
      waiting?.kill();
    },
  };
}
