import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Module, SourceTextModule, SyntheticModule } from 'node:vm';
import { withGrafanaDefaults } from '../../definition/grafana-defaults.ts';
import { DEFINITIONS } from '../find-definitions.ts';
import { bundledSdk, isSdkPart } from './bundled-sdk.ts';
import { compileAhead } from './compile-ahead.ts';
import { compileModule, isKept } from './compile-module.ts';
import { findModule, packageType } from './find-module.ts';
import type { ModuleNews } from './module-news.ts';
import { outsideWorld, outsideWorldModule } from './outside-world.ts';
import { atImport, atSpecifier, atSyntax, type SourceModule, withSourcePlaces } from './source-places.ts';

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
  /**
   * The exports of a module, which runs once.
   *
   * @throws what the module throws, with the places of its stack in the TypeScript
   */
  load(url: string): Promise<Readonly<Record<string, unknown>>>;
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
  const modules = new Map<string, Promise<Module>>();
  const made: Module[] = [];
  const sources = new Map<string, SourceModule>();
  const news: ModuleNews[] = [];
  let isCompiledAhead = false;

  async function load(url: string): Promise<Readonly<Record<string, unknown>>> {
    try {
      return await evaluated(url);
    } catch (error) {
      throw error instanceof Error ? withSourcePlaces(error, sources) : error;
    }
  }

  async function evaluated(url: string, attributes: ImportAttributes = {}): Promise<Record<string, unknown>> {
    const module = await oneAtATime(() => linked(url, attributes));
    await module.evaluate();
    return module.namespace as Record<string, unknown>;
  }

  async function linked(url: string, attributes: ImportAttributes): Promise<Module> {
    try {
      const module = await moduleAt(url, attributes);
      if (module.status === 'unlinked') await module.link(imported);
      return module;
    } catch (error) {
      forgetUnlinked();
      throw atImport(error, sources);
    }
  }

  /** Half linked modules can never be linked again, and the next definition may import them too. */
  function forgetUnlinked(): void {
    for (const { identifier, status } of made)
      if (status !== 'linked' && status !== 'evaluated') modules.delete(identifier);
  }

  async function imported(
    specifier: string,
    { identifier }: Module,
    { attributes = {} }: { attributes?: object },
  ): Promise<Module> {
    return moduleAt(resolve(specifier, identifier), attributes as ImportAttributes);
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
      throw atSpecifier(error, from, specifier, sources.get(from)?.source ?? '');
    }
  }

  function moduleAt(url: string, attributes: ImportAttributes): Promise<Module> {
    const known = modules.get(url);
    if (known) return known;
    const making = make(url, attributes).then((module) => {
      made.push(module);
      return module;
    });
    modules.set(url, making);
    making.catch(() => modules.delete(url));
    return making;
  }

  async function make(url: string, attributes: ImportAttributes): Promise<Module> {
    if (url === LIBRARY) return withExports(url, library);
    if (url.startsWith('file:')) {
      const path = fileURLToPath(url);
      news.push({ kind: 'loaded', url });
      if (isSdkPart(path)) {
        const sdk = withGrafanaDefaults(bundledSdk(path) ?? (await importNatively(url, attributes)));
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
    const isModule = path.endsWith('.mjs') || (path.endsWith('.js') && packageType(path) === 'module');
    return isModule ? readFileSync(path, 'utf8') : undefined;
  }

  async function compiled(url: string, path: string, source: string): Promise<string> {
    const isNew = cacheFolder !== undefined && !isKept(path, source, cacheFolder);
    if (isNew && !isCompiledAhead && aheadFolder !== undefined) {
      isCompiledAhead = true;
      compileAhead(join(process.cwd(), DEFINITIONS), cacheFolder, aheadFolder);
    }
    const text = await compileModule(path, source, cacheFolder);
    sources.set(url, { source, text });
    return text;
  }

  function sourceModule(url: string, path: string, text: string): Module {
    try {
      return new SourceTextModule(text, {
        identifier: url,
        initializeImportMeta(meta) {
          Object.assign(meta, { url, filename: path, dirname: dirname(path) });
          meta.resolve = (specifier: string) => findModule(specifier, url);
        },
        importModuleDynamically: dynamicallyImported as never,
      });
    } catch (error) {
      throw error instanceof SyntaxError ? atSyntax(error, path) : error;
    }
  }

  function dynamicallyImported(specifier: string, { identifier }: Module, attributes: ImportAttributes) {
    return evaluated(resolve(specifier, identifier), attributes);
  }

  return { load, news };
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
