import type { Mount } from '../model/grafana-instance.ts';
import type { Workspace } from '../model/workspace.ts';
import type { PlannedFile } from '../model/write-plan.ts';

/** What must be done to a running Grafana before it sees what was written. */
export interface Reload {
  /** The instance, as reports name it: `compose.yaml service grafana`. */
  readonly name: string;
  /** `recreate`: its container has to be made anew; `rebuild`: its image too. */
  readonly action: 'restart' | 'recreate' | 'rebuild';
  /** For a shell in the root of the tree; undefined when the tree does not show how the instance is started. */
  readonly command: string | undefined;
}

/** From mildest to heaviest; a heavier one includes the milder. */
const ACTIONS = ['restart', 'recreate', 'rebuild'] as const satisfies readonly Reload['action'][];

/**
 * What to do to which instance for changed files to take effect. Grafana reads datasources and providers at start
 * only; dashboards are read again at the next poll, unless they are in the image or mounted one by one.
 */
export function reloadsOf(
  files: readonly PlannedFile[],
  workspaces: readonly Workspace[],
): readonly Reload[] {
  const heaviest = new Map<string, Reload['action']>();
  for (const workspace of workspaces)
    for (const { path } of files) {
      // What never started is none to restart.
      if (workspace.grafana.isRefused) continue;
      const action = actionFor(path, workspace);
      const { name } = workspace.grafana;
      const known = heaviest.get(name);
      if (action && (!known || ACTIONS.indexOf(action) > ACTIONS.indexOf(known))) heaviest.set(name, action);
    }
  return [...heaviest].map(([name, action]) => ({ name, action, command: commandFor(name, action) }));
}

function actionFor(path: string, workspace: Workspace): Reload['action'] | undefined {
  const { grafana, datasourceFiles, providerFiles, alerting } = workspace;
  const startedBy = /^(\S.*?)(?: service .*)?$/.exec(grafana.name)?.[1];
  if (path === startedBy || path === grafana.at?.file) return /\.ya?ml$/.test(path) ? 'recreate' : 'rebuild';
  const mount = mountOf(path, grafana.mounts);
  if (mount?.source.kind === 'copy') return 'rebuild';
  const isReadAtStart = [...datasourceFiles, ...providerFiles, ...alerting.files].some(
    ({ file }) => file.path === path,
  );
  // A file mounted by itself is its inode, which a rename replaces.
  const isMountedAlone = mount?.source.kind === 'bind' && mount.source.path === path;
  return isReadAtStart || isMountedAlone ? 'restart' : undefined;
}

function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  return mounts.findLast(({ source }) => {
    if (source.kind !== 'bind' && source.kind !== 'copy') return false;
    return source.path === '' || source.path === path || path.startsWith(`${source.path}/`);
  });
}

function commandFor(name: string, action: Reload['action']): string | undefined {
  const [, file, service] = /^(.+) service (.+)$/.exec(name) ?? [];
  if (file === undefined || service === undefined) return undefined;
  const folder = file.split('/').slice(0, -1).join('/');
  const base = file.slice(file.lastIndexOf('/') + 1);
  // Without -f Compose finds its default file and the override beside it.
  const isDefault = /^(?:docker-)?compose\.ya?ml$/.test(base);
  const words = { restart: 'restart', recreate: 'up -d', rebuild: 'up -d --build' }[action];
  const compose = `docker compose ${isDefault ? '' : `-f ${shellWord(base)} `}${words} ${shellWord(service)}`;
  return folder === '' ? compose : `cd ${shellWord(folder)} && ${compose}`;
}

function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
