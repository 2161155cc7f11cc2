import { spawnSync } from 'node:child_process';
import { SourceMap } from 'node:module';

/** A TypeScript module and what it was compiled to, which ends with its source map unless the lines are the same. */
export interface SourceModule {
  readonly source: string;
  readonly text: string;
}

/** Errors whose stack says places in the TypeScript already. */
const placed = new WeakSet<Error>();

/** An error with the places of its stack in the TypeScript. */
export function withSourcePlaces(error: Error, modules: ReadonlyMap<string, SourceModule>): Error {
  if (placed.has(error)) return error;
  placed.add(error);
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (url: string) => {
    if (!maps.has(url)) maps.set(url, sourceMap(modules.get(url)?.text ?? ''));
    return maps.get(url);
  };
  const stack = error.stack?.replace(/(file:\/\/[^\s()]+?):(\d+):(\d+)/g, (place, url, line, column) => {
    const entry = mapOf(url)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalLine' in entry)) return place;
    return `${url}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
  if (stack !== undefined) error.stack = stack;
  return error;
}

/**
 * The error of an import of something that the other module does not export, with the import's place on its stack; V8
 * knows it, but tells it nobody. The error itself when it is another one.
 */
export function atImport(error: unknown, modules: ReadonlyMap<string, SourceModule>): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const [, specifier = '', name = ''] =
    /^The requested module '(.+)' does not provide an export named '(.+)'$/.exec(error.message) ?? [];
  for (const [url, { source }] of modules)
    for (const { names, namesAt, from } of importsOf(source)) {
      const offset = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).exec(names)?.index;
      if (from === specifier && (offset !== undefined || name === 'default'))
        return withPlace(error, url, source, namesAt + (offset ?? 0));
    }
  return error;
}

/** The error of an import of what cannot be found, with the import's place in the importing module on its stack. */
export function atSpecifier(error: unknown, url: string, specifier: string, source: string): unknown {
  const offset = importsOf(source).find(({ from }) => from === specifier)?.fromAt;
  return error instanceof Error && offset !== undefined ? withPlace(error, url, source, offset) : error;
}

/** The error of a JavaScript module that does not parse, with the place that another Node says. */
export function atSyntax(error: SyntaxError, path: string): SyntaxError {
  const { stderr } = spawnSync(process.execPath, ['--check', path], { encoding: 'utf8', timeout: 10_000 });
  const place = /^(?:file:\/\/|\/).*:\d+$/m.exec(stderr ?? '')?.[0];
  if (place !== undefined) error.stack = `${place}\n${error.stack}`;
  return error;
}

function importsOf(source: string) {
  const statements = source.matchAll(/(\b(?:import|export)\b)([^'";]*?)(['"])([^'"\n]+)\3/g);
  return [...statements].map(({ 0: text, 1: keyword = '', 2: names = '', 4: from = '', index }) => ({
    names,
    namesAt: index + keyword.length,
    from,
    fromAt: index + text.length - from.length - 2,
  }));
}

function withPlace(error: Error, url: string, source: string, offset: number): Error {
  const lines = source.slice(0, offset).split('\n');
  error.stack = `${url}:${lines.length}:${(lines.at(-1) ?? '').length + 1}\n${error.stack}`;
  placed.add(error);
  return error;
}

function sourceMap(text: string): SourceMap | undefined {
  const data = /\/\/# sourceMappingURL=data:application\/json;[^,]*base64,(\S+)\s*$/.exec(text)?.[1];
  return data === undefined ? undefined : new SourceMap(JSON.parse(Buffer.from(data, 'base64').toString()));
}
