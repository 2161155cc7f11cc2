import { isAbsolute, relative, resolve, sep } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

/**
 * A path given on the command line (relative to the workspace or absolute) as a path below the workspace root.
 *
 * @throws UsageError when it leads out: nothing outside the workspace is read or written
 */
export function underRoot(root: string, path: string): string {
  const below = relative(resolve(root), resolve(root, path));
  if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below))
    throw new UsageError(`${path} lies outside the workspace ${resolve(root)}`);
  return below.split(sep).join('/');
}
