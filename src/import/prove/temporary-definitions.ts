import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, normalize, relative, sep } from 'node:path';
import { parse } from '@babel/parser';
import type { StringLiteral } from '@babel/types';
import { nearestModules } from '../../build/cache/cache-folder.ts';
import { temporaryFolderOutside } from '../../build/cache/temporary-folder.ts';
import { applySplices } from '../../edit/splice.ts';

/** A module that could be written below the root. */
export interface Module {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes modules into a new folder outside the workspace, where they import what they would import in it. Paths are
 * relative to the root, in the order of the modules; whoever asks removes the folder. What lies `alongside` is not in the
 * workspace either.
 */
export function temporaryDefinitions(
  root: string,
  modules: readonly Module[],
  alongside: readonly Module[] = [],
): { readonly paths: readonly string[]; readonly remove: () => void } {
  const { path: made, remove } = temporaryFolderOutside();
  const folder = realpathSync(made);
  const packages = nearestModules(root);
  if (packages !== undefined) symlinkSync(packages, join(folder, 'node_modules'), 'dir');
  // Imports lead through a link: a specifier that named the root would be cut at its `#` and `?`.
  symlinkSync(root, join(folder, WORKSPACE), 'dir');
  mkdirSync(join(folder, 'dashboards'));
  const here = new Set(alongside.map(({ path }) => normalize(path)));
  for (const { path, text } of alongside) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const paths = modules.map(({ path, text }) => {
    const at = join(folder, 'dashboards', basename(path));
    writeFileSync(at, withImportsFrom({ root, folder: dirname(path), here }, text));
    return relative(root, at).split(sep).join('/');
  });
  return { paths, remove };
}

/** Name of the link to the workspace. */
const WORKSPACE = 'workspace';

/** Relative imports lead to the same files from the temporary folder; those of `here` lie beside the module. */
function withImportsFrom(
  { root, folder, here }: { root: string; folder: string; here: ReadonlySet<string> },
  text: string,
): string {
  const splices = specifiersIn(text).flatMap(({ value, start, end }) => {
    const target = join(folder, value);
    if (!/^\.\.?\//.test(value) || here.has(target)) return [];
    const specifier = /^\.\.(?:[\\/]|$)/.test(target)
      ? join(root, target)
      : `../${WORKSPACE}/${target.split(sep).join('/')}`;
    return [{ start: start ?? 0, end: end ?? 0, text: JSON.stringify(specifier) }];
  });
  return applySplices(text, splices) ?? text;
}

function specifiersIn(text: string): readonly StringLiteral[] {
  try {
    const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'] });
    return program.body.flatMap((statement) => ('source' in statement && statement.source) || []);
  } catch {
    // Whoever compiles it will say why it is no TypeScript.
    return [];
  }
}
