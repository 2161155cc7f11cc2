import { asList, asRecord, asText } from '../record.ts';
import { readText } from '../tree-files.ts';
import { treePath } from '../tree-path.ts';
import { envFile } from './env-file.ts';
import { interpolate, type Variables } from './interpolate.ts';
import type { ComposeContext } from './service.ts';

/**
 * Reads `environment:` or `args:`, a mapping or a list of `NAME=value`. A name without a value is taken from the
 * environment of Docker Compose; a value that is not known is undefined.
 */
export function inlineEnvironment(value: unknown, variables: Variables): Map<string, string | undefined> {
  const values = new Map<string, string | undefined>();
  for (const [name, source] of pairsOf(value)) {
    const known = source === undefined ? undefined : interpolate(source, variables);
    if (!known) values.set(name, variables.get(name));
    else values.set(name, known.missing.length > 0 ? undefined : known.text);
  }
  return values;
}

/** Reads the files of `env_file:`, later ones over earlier ones. Open when one of them is not in the tree. */
export function fileEnvironment(
  { tree, folder, variables }: ComposeContext,
  value: unknown,
): { readonly values: Map<string, string | undefined>; readonly isOpen: boolean } {
  const values = new Map<string, string | undefined>();
  let isOpen = false;
  for (const item of asList(value)) {
    const source = asText(item) ?? asText(asRecord(item)?.path);
    const named = interpolate(source ?? '', variables);
    const path = named.missing.length > 0 ? undefined : treePath(folder, named.text);
    const text = path === undefined ? undefined : readText(tree, path);
    if (text === undefined) isOpen = true;
    else for (const [name, set] of envFile(text, variables)) values.set(name, set);
  }
  return { values, isOpen };
}

function pairsOf(value: unknown): (readonly [string, string | undefined])[] {
  if (!Array.isArray(value))
    return Object.entries(asRecord(value) ?? {}).map(([name, set]) => [name, asText(set)]);
  return value.flatMap((item): (readonly [string, string | undefined])[] => {
    const text = asText(item);
    if (text === undefined) return [];
    const at = text.indexOf('=');
    return [at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]];
  });
}
