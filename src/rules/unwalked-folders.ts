import type { Finding, Fix } from '../model/finding.ts';
import { placeOf } from '../model/grafana-instance.ts';
import type { Location } from '../model/source-file.ts';
import type { ProviderWalk, Workspace } from '../model/workspace.ts';
import { isPutAside } from './unwalked-dashboards.ts';

/** Not more folders than these are looked into. */
const MAX_FOLDERS = 1000;

/** What lies here Grafana shows by itself, such as the home dashboard. */
const GRAFANAS_OWN = /^\/usr\/share\/grafana\/public(?:\/|$)/;

/** Paths of Grafana's container at which dashboards lie that no provider walks: the topmost folder of each. */
export function mountedUnwalkedFolders(workspace: Workspace): string[] {
  const { grafana } = workspace;
  const found = grafana.mounts.flatMap(({ target, source }) => {
    if (source.kind !== 'bind' && source.kind !== 'copy') return [];
    return unwalkedFolders(workspace, source.path).flatMap((folder) => {
      const below = folder.slice(source.path.length).replace(/^\//, '');
      const path = below === '' ? target : `${target === '/' ? '' : target}/${below}`;
      const place = placeOf(grafana, path);
      return place.kind === 'tree' && place.path === folder && !GRAFANAS_OWN.test(path) ? [path] : [];
    });
  });
  return [...new Set(found)];
}

/** Lets a provider look at the only such folder; several are suggestions. */
export function lookThere(workspace: Workspace, at: Location): Pick<Finding, 'fix' | 'suggestions'> {
  const folders = mountedUnwalkedFolders(workspace);
  const [only, second] = folders;
  if (only === undefined) return {};
  if (second !== undefined)
    return { suggestions: folders.map((path) => `Set \`options.path\` to "${path}".`) };
  return {
    fix: {
      title: 'Let the provider look where the dashboards are',
      safety: 'safe',
      edits: [{ kind: 'set', file: at.file, path: at.path ?? [], value: only }],
    },
  };
}

/**
 * Mounts the only folder of the tree with dashboards that nobody walks where a provider looks; undefined when there
 * are none or several, or no compose file to write it in.
 */
export function bindFix(workspace: Workspace, { provider }: ProviderWalk): Fix | undefined {
  const { at } = workspace.grafana;
  const [services, service] = at?.path ?? [];
  const [folder, second] = unwalkedFolders(workspace, '');
  if (!at || services !== 'services' || service === undefined) return undefined;
  if (folder === undefined || second !== undefined || !provider.path?.startsWith('/')) return undefined;
  return {
    title: `Mount ${folder}, which has the dashboards, where the provider looks`,
    safety: 'safe',
    edits: [
      {
        kind: 'append',
        file: at.file,
        path: ['services', service, 'volumes'],
        value: `${relativePath(at.file, folder)}:${provider.path.replace(/(?<=.)\/+$/, '')}:ro`,
      },
    ],
  };
}

/** The topmost folders at and below one that hold dashboards which no provider walks. */
export function unwalkedFolders(workspace: Workspace, start: string): string[] {
  const { files, walks } = workspace;
  const walked = new Set(walks.flatMap((walk) => walk.files.map(({ file }) => file.path)));
  const found: string[] = [];
  const folders = [start];
  for (let next = 0; next < folders.length && next < MAX_FOLDERS; next++) {
    const folder = folders[next] ?? '';
    const names = files
      .list(folder)
      .map((name) => ({ name, path: folder === '' ? name : `${folder}/${name}` }));
    if (names.some(({ path }) => path.endsWith('.json') && !walked.has(path) && isDashboard(workspace, path)))
      found.push(folder);
    else
      for (const { name, path } of names)
        if (!/^\.|^node_modules$/.test(name) && !isPutAside(name) && files.kind(path) === 'folder')
          folders.push(path);
  }
  return found;
}

function isDashboard({ files }: Workspace, path: string): boolean {
  const value = files.get(path)?.value as { title?: unknown; panels?: unknown } | null | undefined;
  return typeof value?.title === 'string' && Array.isArray(value.panels);
}

/** As Compose reads it: from the folder of the compose file. */
function relativePath(composeFile: string, folder: string): string {
  const from = composeFile.split('/').slice(0, -1);
  const to = folder.split('/').filter(Boolean);
  while (from.length > 0 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  const up = from.map(() => '..');
  return [...(up.length === 0 ? ['.'] : up), ...to].join('/');
}
