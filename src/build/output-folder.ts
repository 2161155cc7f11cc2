import { nearestHint } from '../model/nearest.ts';
import type { Workspace } from '../model/workspace.ts';

/** Where the JSON of one Grafana folder goes: a path below the workspace root, or the sentence that says what lacks. */
export type OutputFolder = { readonly path: string } | { readonly lacking: string };

/**
 * The directory that the provider of a Grafana folder walks.
 *
 * @param folder title of the folder, `''` for General
 * @param provisioning path of the provisioning folder below the workspace root
 */
export function outputFolder(workspace: Workspace, provisioning: string, folder: string): OutputFolder {
  const { providers } = workspace;
  const provider = providers.find(
    (candidate) =>
      candidate.path !== undefined &&
      !candidate.foldersFromFilesStructure &&
      isFolder(candidate.folder, folder),
  );
  if (provider?.path !== undefined) return { path: treePath(workspace, provisioning, provider.path) };
  const structured = providers.find(
    (candidate) => candidate.foldersFromFilesStructure && candidate.path !== undefined,
  );
  if (structured?.path !== undefined) {
    const root = treePath(workspace, provisioning, structured.path);
    return { path: folder === '' ? root : `${root}/${folder}` };
  }
  return { lacking: lackingProvider(workspace, provisioning, folder) };
}

function isFolder(of: string, wanted: string): boolean {
  return of === wanted || (wanted === '' && /^general$/i.test(of));
}

/** A provider's path as a path of the tree; one that no mount explains is taken to lie in the provisioning folder. */
function treePath(workspace: Workspace, provisioning: string, containerPath: string): string {
  const walk = workspace.walks.find(({ provider }) => provider.path === containerPath);
  if (walk?.place?.kind === 'tree') return walk.place.path;
  const below = /\/provisioning\/(.+)$/.exec(containerPath)?.[1];
  return [provisioning, below ?? `dashboards/${containerPath.split('/').filter(Boolean).at(-1)}`]
    .filter(Boolean)
    .join('/');
}

function lackingProvider(
  { providers, providerFiles }: Workspace,
  provisioning: string,
  folder: string,
): string {
  const [sibling] = providers;
  const parent = sibling?.path?.replace(/\/[^/]*\/?$/, '') ?? '/etc/grafana/provisioning/dashboards';
  const directory = folder === '' ? 'general' : slug(folder);
  const file = providerFiles[0]?.file.path ?? `${provisioning}/dashboards/providers.yaml`;
  const title = folder === '' ? 'General' : JSON.stringify(folder);
  return [
    `Unknown folder ${title}: no provider puts dashboards there${nearestHint(
      folder,
      providers.map((provider) => provider.folder || 'General'),
    )}. Add to ${file}:`,
    ...(providerFiles.length === 0 ? ['apiVersion: 1', 'providers:'] : []),
    `  - name: ${directory}`,
    `    folder: ${JSON.stringify(folder)}`,
    '    type: file',
    '    updateIntervalSeconds: 30',
    '    options:',
    `      path: ${parent}/${directory}`,
  ].join('\n');
}

function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'dashboards'
  );
}
