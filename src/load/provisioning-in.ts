import type { FileTree } from './file-tree.ts';
import { loadWorkspaces } from './workspaces.ts';

/** The provisioning folder that a tree has, wherever it lies; undefined when it has none. */
export function provisioningIn(tree: FileTree): string | undefined {
  if (tree.kind('provisioning') === 'folder') return 'provisioning';
  for (const { datasourceFiles, providerFiles } of loadWorkspaces(tree, { kubernetes: false }).workspaces) {
    const path = (datasourceFiles[0] ?? providerFiles[0])?.file.path.split('/').slice(0, -2).join('/');
    if (path) return path;
  }
  return undefined;
}
