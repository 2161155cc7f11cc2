import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Module, SourceTextModule, SyntheticModule } from 'node:vm';
import { withGrafanaDefaults } from '../../definition/grafana-defaults.ts';
import { DEFINITIONS } from '../find-definitions.ts';
import { bundledSdk, isSdkPart, requireBundledSdk } from './bundled-sdk.ts';
import { compileAhead, modulesIn } from './compile-ahead.ts';
import { compileModule, isKept } from './compile-module.ts';
import { esModuleSource } from './es-module-source.ts';
import { findModule } from './find-module.ts';
import type { ModuleNews } from './module-news.ts';
import { outsideWorld, outsideWorldModule } from './outside-world.ts';
import {
  atCompile,
  atImport,
  atSpecifier,
  atSyntax,
  type SourceModule,
  stackInSource,
} from './source-places.ts';

/** What modules are loaded with. */
export interface LoaderOptions {
  /** What `import … from 'panelproof'` gives. */
  readonly library: Readonly<Record<string, unknown>>;
  /** Folder for compiled modules, or undefined to compile afresh. */
  readonly cacheFolder: string | undefined;
  /** Empty folder for compiling ahead of loading, or undefined where that would bring nothing. */
  readonly aheadFolder: string | undefined;
  /** Node's own `import()`. */
  readonly importNatively: (url: string, attributes: ImportAttributes) => Promise<Record<string, unknown>>;
}

/** Loads definitions and what they import. */
export interface ModuleLoader {
  /** The exports of a module, which runs once. Throws what the module throws. */
  load(url: string): Promise<Readonly<Record<string, unknown>>>;
  /** The stack of an error with its places in the TypeScript. */
  stackOf(error: Error): string;
  /** What was learnt of modules so far. */
  readonly news: readonly ModuleNews[];
}

const LIBRARY = 'panelproof';

/**
 * A loader of ES modules in which `panelproof` means the panelproof that builds, TypeScript is compiled, and what is read
 * is noted. Modules are linked here rather than by Node, whose hooks would need a thread that takes as long to start as
 * Node itself; those in CommonJS, JSON and Node's own are left to it. All of them are loaded before any definition runs.
 */
export function moduleLoader({
  library,
  cacheFolder,
  aheadFolder,
  importNatively,
}: LoaderOptions): ModuleLoader {
  /** By URL, and by the type that an import says where it says one: as Node, which tells these two apart. */
  const modules = new Map<string, Promise<Module>>();
  const sources = new Map<string, SourceModule>();
  const news: ModuleNews[] = [];
  // A definition can go elsewhere.
  const definitions = join(process.cwd(), DEFINITIONS);
  let compilations = 0;
  requireBundledSdk();

  async function evaluated(url: string, attributes: ImportAttributes): Promise<Record<string, unknown>> {
    const module = await oneAtATime(() => linked(url, attributes));
    await module.evaluate();
    return module.namespace as Record<string, unknown>;
  }

  /** A module with all that it imports. When that fails, all of them are as if nobody had asked for them. */
  async function linked(url: string, attributes: ImportAttributes): Promise<Module> {
    const before = new Set(modules.keys());
    const failures: unknown[] = [];
    try {
      const module = await moduleAt(url, attributes);
      if (module.status === 'unlinked') await module.link(linker(failures));
      if (failures.length === 0) return module;
    } catch (error) {
      const isNew = ([from]: readonly [string, unknown]) => !before.has(from);
      failures.push(atImport(error, new Map([...sources].filter(isNew))));
    }
    for (const key of modules.keys()) if (!before.has(key)) modules.delete(key);
    throw failures[0];
  }

  /**
   * Finds what modules import. What fails gives an empty module, so that linking is over when it ends: else it would end
   * with the first failure while other modules are still on their way.
   */
  function linker(failures: unknown[]) {
    return async (
      specifier: string,
      { identifier }: Module,
      { attributes = {} }: { attributes?: object },
    ): Promise<Module> => {
      let url: string | undefined;
      try {
        url = resolve(specifier, identifier);
        return await moduleAt(url, attributes as ImportAttributes);
      } catch (error) {
        failures.push(atSpecifier(error, importOf(specifier, identifier), url));
        return withExports(specifier, {});
      }
    };
  }

  function resolve(specifier: string, from: string): string {
    if (specifier === LIBRARY) return LIBRARY;
    const url = found(specifier, from);
    if (isOfWorkspace(from)) {
      const what = outsideWorldModule(url);
      news.push(
        what === undefined ? { kind: 'import', from, url } : { kind: 'outside world', url: from, what },
      );
    }
    return url;
  }

  function found(specifier: string, from: string): string {
    try {
      return findModule(specifier, from);
    } catch (error) {
      throw atSpecifier(error, importOf(specifier, from));
    }
  }

  function importOf(specifier: string, from: string) {
    return { url: from, specifier, source: sources.get(from)?.source ?? '' };
  }

  function moduleAt(url: string, attributes: ImportAttributes): Promise<Module> {
    const key = attributes.type === undefined ? url : `${attributes.type} ${url}`;
    const module = modules.get(key) ?? make(url, attributes);
    modules.set(key, module);
    return module;
  }

  async function make(url: string, attributes: ImportAttributes): Promise<Module> {
    if (url === LIBRARY) return withExports(url, library);
    if (url.startsWith('file:')) {
      const path = fileURLToPath(url);
      news.push({ kind: 'loaded', url });
      if (isSdkPart(path)) {
        const sdk = bundledSdk(path) ?? withGrafanaDefaults(await importNatively(url, attributes));
        return withExports(url, { ...sdk, default: sdk });
      }
      const text = await esModuleText(url, path);
      if (text !== undefined) return sourceModule(url, path, text);
    }
    return withExports(url, await importNatively(url, attributes));
  }

  /** The JavaScript of an ES module; undefined for everything else. */
  async function esModuleText(url: string, path: string): Promise<string | undefined> {
    const isOwn = isOfWorkspace(url);
    if (isOwn && /\.[cm]?[jt]s$/.test(path)) {
      const source = readFileSync(path, 'utf8');
      const what = outsideWorld(source);
      if (what !== undefined) news.push({ kind: 'outside world', url, what });
      if (path.endsWith('ts')) return compiled(url, path, source);
    }
    const text = esModuleSource(path);
    if (isOwn && text !== undefined) sources.set(url, { source: text, text: '' });
    return text;
  }

  async function compiled(url: string, path: string, source: string): Promise<string> {
    if (cacheFolder !== undefined && aheadFolder !== undefined && !isKept(path, source, cacheFolder)) {
      // One module is what people change; with a second one there may be many.
      if (compilations === 0) compileAhead([path], cacheFolder, aheadFolder);
      if (compilations === 1) compileAhead([path, ...modulesIn(definitions)], cacheFolder, aheadFolder);
      compilations++;
    }
    const text = await compileModule(path, source, cacheFolder).catch((error) => {
      throw atCompile(error, url);
    });
    sources.set(url, { source, text });
    return text;
  }

  function sourceModule(url: string, path: string, text: string): Module {
    try {
      return new SourceTextModule(text, {
        identifier: url,
        initializeImportMeta(meta) {
          Object.assign(meta, { url, filename: path, dirname: dirname(path) });
          meta.resolve = (specifier: string) =>
            specifier === LIBRARY ? LIBRARY : findModule(specifier, url);
        },
        importModuleDynamically: dynamicallyImported as never,
      });
    } catch (error) {
      throw atSyntax(error, url, text);
    }
  }

  function dynamicallyImported(specifier: string, { identifier }: Module, attributes: ImportAttributes) {
    return evaluated(resolve(specifier, identifier), attributes);
  }

  return {
    async load(url) {
      const real = findModule(url, url);
      if (real !== url) news.push({ kind: 'import', from: url, url: real });
      return evaluated(real, {});
    },
    stackOf: (error) => stackInSource(error, sources),
    news,
  };
}

/** A module that has the given values as its exports. */
function withExports(url: string, values: Readonly<Record<string, unknown>>): Module {
  const names = Object.keys(values);
  const module = new SyntheticModule(
    names,
    () => {
      for (const name of names) module.setExport(name, values[name]);
    },
    { identifier: url },
  );
  return module;
}

let last: Promise<unknown> = Promise.resolve();

/** Two that link at once would meet modules that the other has only half linked. */
function oneAtATime<Result>(task: () => Promise<Result>): Promise<Result> {
  const next = last.then(task);
  last = next.catch(() => {});
  return next;
}

function isOfWorkspace(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/');
}
