import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A module of the workspace. */
export interface SourceModule {
  readonly source: string;
  /** What TypeScript was compiled to, which ends with its source map unless the lines are the same; else `''`. */
  readonly text: string;
}

/** Places in the TypeScript, `url:line:column`, of errors whose stack does not say them. */
const places = new WeakMap<Error, string>();

/** The stack of an error with its places in the TypeScript; `''` when it has none. */
export function stackInSource(error: Error, modules: ReadonlyMap<string, SourceModule>): string {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (url: string) => {
    if (!maps.has(url)) maps.set(url, sourceMap(modules.get(url)?.text ?? ''));
    return maps.get(url);
  };
  const stack = String(error.stack ?? '').replace(
    /(file:\/\/\S+?):(\d+):(\d+)/g,
    (_, url, line, column) => `${url}:${inSource(mapOf(url), Number(line), Number(column))}`,
  );
  return `${places.get(error) ?? ''}\n${stack}`.trim();
}

/**
 * The error of an import of something that the other module does not export, with the import's place; V8 knows it, but
 * tells it nobody. The error itself when it is another one.
 */
export function atImport(error: unknown, modules: ReadonlyMap<string, SourceModule>): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const [, specifier = '', name = ''] = NOT_EXPORTED.exec(error.message) ?? [];
  for (const [url, { source }] of modules)
    for (const { names, namesAt, from } of importsOf(source)) {
      const offset = from === specifier ? offsetOf(name, names) : undefined;
      if (offset !== undefined) return withPlace(error, url, source, namesAt + offset);
    }
  return error;
}

const NOT_EXPORTED =
  /^The requested module '(.+)' (?:does not provide an export named|contains conflicting star exports for name) '(.+?)'/;

/** Where the names of an import ask for an export. */
function offsetOf(name: string, names: string): number | undefined {
  const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).exec(names)?.index;
  const isOfDefault = name === 'default' && /^\s*[\w$]/.test(names);
  return word ?? (isOfDefault ? names.search(/\S/) : undefined);
}

/**
 * The error of an import of what cannot be found or loaded, with the import's place in the importing module.
 *
 * @param imported URL of what was found; an error that says a place in there has a better one
 */
export function atSpecifier(
  error: unknown,
  { url, specifier, source }: { readonly url: string; readonly specifier: string; readonly source: string },
  imported?: string,
): unknown {
  if (error instanceof SyntaxError && imported?.endsWith('.json')) return atJson(error, imported);
  const offset = importsOf(source).find(({ from }) => from === specifier)?.fromAt;
  if (!(error instanceof Error) || places.has(error) || offset === undefined) return error;
  const isPlaced =
    imported?.startsWith('file:') && String(error.stack).includes(`${fileURLToPath(imported)}:`);
  return isPlaced ? error : withPlace(error, url, source, offset);
}

/** The error of JSON that does not parse, with the place that its message says. */
function atJson(error: SyntaxError, url: string): SyntaxError {
  const position = /at position (\d+)/.exec(error.message)?.[1];
  return withPlace(error, url, readFileSync(fileURLToPath(url), 'utf8'), Number(position ?? 0));
}

/** The error of a module that does not compile, with the place that the compiler says: ts-node or Node. */
export function atCompile(error: unknown, url: string): unknown {
  if (!(error instanceof Error)) return error;
  const [, line = '1', column = '1'] =
    /(?:\((?=\d+,\d+\): error)|^:)(\d+)(?:,(\d+))?/m.exec(String(error.stack)) ?? [];
  places.set(error, `${url}:${line}:${column}`);
  return error;
}

/** The error of a module whose JavaScript does not parse, with the place that another Node says. */
export function atSyntax(error: unknown, url: string, text: string): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const { stderr } = spawnSync(process.execPath, ['--check', '--input-type=module', '-'], {
    input: text,
    encoding: 'utf8',
    timeout: 10_000,
  });
  const [, line, indent = ''] = /^\[stdin\]:(\d+)\n.*\n(\s*)\^/m.exec(stderr ?? '') ?? [];
  if (line !== undefined)
    places.set(error, `${url}:${inSource(sourceMap(text), Number(line), indent.length + 1)}`);
  return error;
}

/** Line and column in the TypeScript; the given ones where there is no map. */
function inSource(map: SourceMap | undefined, line: number, column: number): string {
  const entry = map?.findEntry(line - 1, column - 1);
  return entry !== undefined && 'originalLine' in entry
    ? `${entry.originalLine + 1}:${entry.originalColumn + 1}`
    : `${line}:${column}`;
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

function withPlace<Any extends Error>(error: Any, url: string, source: string, offset: number): Any {
  const lines = source.slice(0, offset).split('\n');
  places.set(error, `${url}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`);
  return error;
}

function sourceMap(text: string): SourceMap | undefined {
  const data = /\/\/# sourceMappingURL=data:application\/json;[^,]*base64,(\S+)\s*$/.exec(text)?.[1];
  return data === undefined ? undefined : new SourceMap(JSON.parse(Buffer.from(data, 'base64').toString()));
}
