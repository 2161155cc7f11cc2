import type { Dashboard } from '../model/dashboard.ts';
import { type ContainerPlace, type GrafanaInstance, normalise, placeOf } from '../model/grafana-instance.ts';
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
 * a link or a single file. What is mounted somewhere below the path is walked too.
 */
export function walkProvider(provider: DashboardProvider, context: WalkContext): ProviderWalk {
  const { grafana } = context;
  const path = provider.path === undefined ? undefined : containerPath(provider.path, grafana);
  if (path === undefined) return { provider, place: undefined, exists: false, files: [], skipped: [] };
  const walk: Walk = { provider, context, root: path, files: [], skipped: [], isComplete: true };
  const place: ContainerPlace = path.includes('$')
    ? { kind: 'unknown', why: 'the path holds a variable' }
    : placeOf(grafana, path);
  const kind = place.kind === 'tree' ? context.tree.kind(place.path) : undefined;
  const below = grafana.mounts.filter(({ target }) => target.startsWith(`${path}/`));
  if (place.kind === 'tree' && kind === 'file') {
    if (place.path.endsWith('.json')) walkFile(walk, place.path, provider.folder);
  } else {
    if (place.kind === 'tree' && kind === 'folder') walkFolder(walk, place.path, path);
    for (const { target } of below) walkMount(walk, target);
  }
  const { files, skipped } = walk;
  const isUnknown =
    place.kind === 'unknown' || place.kind === 'inline' || (files.length === 0 && !walk.isComplete);
  return {
    provider,
    place,
    exists: isUnknown ? 'unknown' : kind !== undefined || below.length > 0,
    files,
    skipped,
  };
}

interface Walk {
  readonly provider: DashboardProvider;
  readonly context: WalkContext;
  /** The provider's path inside the container. */
  readonly root: string;
  readonly files: WalkedFile[];
  readonly skipped: SkippedFile[];
  /** False once something below the path is filled at run time. */
  isComplete: boolean;
}

/** A relative path counts from Grafana's home, wherever the provisioning file lies. */
function containerPath(path: string, { environment }: GrafanaInstance): string {
  const home = environment.GF_PATHS_HOME ?? '/usr/share/grafana';
  return normalise(path.startsWith('/') ? path : `${home}/${path}`);
}

function walkFolder(walk: Walk, folder: string, container: string): void {
  const { tree, grafana } = walk.context;
  for (const entry of tree.list(folder)) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const target = `${container}/${entry.name}`;
    // Another mount lies over it, and is walked as that.
    if (grafana.mounts.some((mount) => mount.target === target)) continue;
    if (entry.kind === 'folder') {
      if (entry.isLink) walk.skipped.push({ path, why: 'symlinked-folder' });
      else if (entry.name.startsWith('.')) walk.skipped.push({ path, why: 'dot-folder' });
      else walkFolder(walk, path, target);
    } else if (entry.kind === 'file' && entry.name.endsWith('.json')) {
      walkFile(walk, path, folderTitle(walk, container));
    } else if (entry.kind === 'file' && /\.json$/i.test(entry.name)) {
      walk.skipped.push({ path, why: 'upper-case-ending' });
    }
  }
}

function walkMount(walk: Walk, target: string): void {
  const { tree, grafana } = walk.context;
  const place = placeOf(grafana, target);
  if (target.slice(walk.root.length).includes('/.')) return;
  if (place.kind !== 'tree') {
    walk.isComplete = false;
    return;
  }
  const kind = tree.kind(place.path);
  if (kind === 'folder') walkFolder(walk, place.path, target);
  else if (kind === 'file' && target.endsWith('.json'))
    walkFile(walk, place.path, folderTitle(walk, target.slice(0, target.lastIndexOf('/'))));
}

/** With foldersFromFilesStructure the last directory names the folder, and `folder` is ignored. */
function folderTitle({ provider, root }: Walk, container: string): string {
  if (!provider.foldersFromFilesStructure) return provider.folder;
  return container === root ? '' : container.slice(container.lastIndexOf('/') + 1);
}

function walkFile({ files, context }: Walk, path: string, folder: string): void {
  const file = context.read(path);
  if (file) files.push({ file, folder, dashboard: context.dashboardIn(path) });
}
