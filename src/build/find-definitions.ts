import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileTree } from '../load/file-tree.ts';
import { UsageError } from '../model/usage-error.ts';

/** The folder whose top-level modules are definitions, below the workspace root. */
export const DEFINITIONS = 'dashboards';

/**
 * Paths of the definitions: the TypeScript files directly in `dashboards/`, by name. Tests and declarations are none.
 *
 * @throws UsageError when there is no such folder, or a definition is a link that is not followed
 */
export function findDefinitions(tree: FileTree): readonly string[] {
  if (tree.kind(DEFINITIONS) !== 'folder')
    throw new UsageError(
      tree.list('').some(({ name, isLink }) => name === DEFINITIONS && isLink)
        ? notFollowed(tree, `${DEFINITIONS}/`)
        : `no folder ${DEFINITIONS}/ in ${tree.root}: definitions are its TypeScript files; ${whereThen(tree.root)}`,
    );
  return tree
    .list(DEFINITIONS)
    .filter(({ name }) => /\.m?ts$/.test(name) && !/\.(?:d|test|spec)\.m?ts$/.test(name))
    .filter(({ name, kind, isLink }) => {
      // Without it its dashboards would go. Editors mark open files by links to nothing, with a dot in front.
      if (kind === 'other' && isLink && !name.startsWith('.'))
        throw new UsageError(notFollowed(tree, `${DEFINITIONS}/${name}`));
      return kind === 'file';
    })
    .map(({ name }) => `${DEFINITIONS}/${name}`);
}

/** Who has one stands in a folder below; who has none is new here. */
function whereThen(root: string): string {
  for (let folder = root; dirname(folder) !== folder; ) {
    folder = dirname(folder);
    if (existsSync(join(folder, DEFINITIONS))) return `there is one in ${folder}`;
  }
  return '`panelproof init` makes one';
}

function notFollowed({ root }: FileTree, path: string): string {
  return `${path} in ${root} is a link to nothing or out of the workspace, and is not followed`;
}
