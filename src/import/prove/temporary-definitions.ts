import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';

/** A module that could be written below the root. */
export interface Module {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes modules into a new folder outside the workspace, where they import what they would import in it. Paths are
 * relative to the root, in the order of the modules; whoever asks removes the folder.
 */
export function temporaryDefinitions(
  root: string,
  modules: readonly Module[],
): { readonly paths: readonly string[]; readonly remove: () => void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'panelproof-import-')));
  const packages = nearestPackages(root);
  if (packages !== undefined) symlinkSync(packages, join(folder, 'node_modules'), 'dir');
  mkdirSync(join(folder, 'dashboards'));
  const paths = modules.map(({ path, text }) => {
    const at = join(folder, 'dashboards', basename(path));
    writeFileSync(at, withAbsoluteImports(text, join(root, dirname(path))));
    return relative(root, at).split(sep).join('/');
  });
  return { paths, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Relative imports lead to the same files from anywhere. */
function withAbsoluteImports(text: string, folder: string): string {
  return text.replace(
    /^((?:import|\}) .*?from )'(\.\.?\/[^']+)';$/gm,
    (_, start: string, path: string) => `${start}${JSON.stringify(join(folder, path))};`,
  );
}

function nearestPackages(folder: string): string | undefined {
  const here = join(folder, 'node_modules');
  if (existsSync(here)) return here;
  return dirname(folder) === folder ? undefined : nearestPackages(dirname(folder));
}
