import type { Dashboard } from '../model/dashboard.ts';
import { type GrafanaInstance, placeOf } from '../model/grafana-instance.ts';
import type { DashboardProvider } from '../model/provider.ts';
import type { ProviderWalk, SkippedFile, WalkedFile } from '../model/workspace.ts';
import type { FileReader } from './file-reader.ts';
import type { FileTree } from './file-tree.ts';

/** What a walk needs to know besides the provider. */
export interface WalkContext {
  readonly tree: FileTree;
  readonly grafana: GrafanaInstance;
  readonly read: FileReader;
  readonly dashboardIn: (path: string) => Dashboard | undefined;
}

/**
 * Walks what a provider walks, as Grafana does (Go's `filepath.Walk`, by name): every file that ends in `.json`, also
 * behind a linked file; not into folders that begin with a dot, nor into linked folders. The provider's own path may be
 * a link or a single file.
 */
export function walkProvider(provider: DashboardProvider, context: WalkContext): ProviderWalk {
  const place = provider.path === undefined ? undefined : placeOf(context.grafana, provider.path);
  const nothing = { provider, place, files: [], skipped: [] };
  if (place === undefined || place.kind === 'unmounted') return { ...nothing, exists: false };
  if (place.kind !== 'tree') return { ...nothing, exists: 'unknown' };
  const kind = context.tree.kind(place.path);
  if (kind === undefined) return { ...nothing, exists: false };
  const files: WalkedFile[] = [];
  const skipped: SkippedFile[] = [];
  if (kind === 'file') files.push(...walkedFile(place.path, provider.folder, context));
  else walkFolder(place.path, place.path, provider, context, files, skipped);
  return { provider, place, exists: true, files, skipped };
}

function walkFolder(
  root: string,
  folder: string,
  provider: DashboardProvider,
  context: WalkContext,
  files: WalkedFile[],
  skipped: SkippedFile[],
): void {
  for (const entry of context.tree.list(folder)) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.kind === 'folder') {
      if (entry.isLink) skipped.push({ path, why: 'symlinked-folder' });
      else if (entry.name.startsWith('.')) skipped.push({ path, why: 'dot-folder' });
      else walkFolder(root, path, provider, context, files, skipped);
    } else if (entry.kind === 'file' && entry.name.endsWith('.json')) {
      files.push(...walkedFile(path, folderTitle(root, folder, provider), context));
    } else if (entry.kind === 'file' && /\.json$/i.test(entry.name)) {
      skipped.push({ path, why: 'upper-case-ending' });
    }
  }
}

/** With foldersFromFilesStructure the last directory names the folder, and `folder` is ignored. */
function folderTitle(root: string, folder: string, provider: DashboardProvider): string {
  if (!provider.foldersFromFilesStructure) return provider.folder;
  return folder === root ? '' : (folder.split('/').at(-1) ?? '');
}

function walkedFile(path: string, folder: string, context: WalkContext): WalkedFile[] {
  const file = context.read(path);
  return file ? [{ file, folder, dashboard: context.dashboardIn(path) }] : [];
}
