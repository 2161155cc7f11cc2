import type { FileTree } from '../load/file-tree.ts';
import { UsageError } from '../model/usage-error.ts';

/** The folder whose top-level modules are definitions, below the workspace root. */
export const DEFINITIONS = 'dashboards';

/**
 * Paths of the definitions: the TypeScript files directly in `dashboards/`, by name. Tests and declarations are none.
 *
 * @throws UsageError when there is no such folder
 */
export function findDefinitions(tree: FileTree): readonly string[] {
  if (tree.kind(DEFINITIONS) !== 'folder')
    throw new UsageError(
      tree.list('').some(({ name, isLink }) => name === DEFINITIONS && isLink)
        ? `${DEFINITIONS}/ in ${tree.root} is a link to nothing or out of the workspace, and is not followed`
        : `no folder ${DEFINITIONS}/ in ${tree.root}: definitions are its TypeScript files`,
    );
  return tree
    .list(DEFINITIONS)
    .filter(
      ({ name, kind }) => kind === 'file' && /\.m?ts$/.test(name) && !/\.(?:d|test|spec)\.m?ts$/.test(name),
    )
    .map(({ name }) => `${DEFINITIONS}/${name}`);
}
