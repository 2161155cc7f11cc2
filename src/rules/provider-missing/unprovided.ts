import { property } from '../../load/provisioning-yaml.ts';
import { normalise, placeOf } from '../../model/grafana-instance.ts';
import { isAtLeast } from '../../model/grafana-version.ts';
import type { Location } from '../../model/source-file.ts';
import type { Workspace } from '../../model/workspace.ts';
import { provisioningElsewhere } from '../grafana-setting-ineffective/provisioning-elsewhere.ts';
import { mountFaults } from '../mount-source-missing/faults.ts';
import { placeFaults } from '../provisioning-yaml-invalid/place-faults.ts';
import { isFilledElsewhere } from '../provisioning-yaml-invalid/renamed-providers.ts';
import { mountedUnwalkedFolders } from '../unwalked-folders.ts';

/** A folder of dashboards in the container of a Grafana that no provider tells to read any. */
export interface UnprovidedFolder {
  /** Inside the container. */
  readonly path: string;
  /** Below the root of the tree. */
  readonly folder: string;
  /** What mounts it. */
  readonly at: Location | undefined;
}

/** Where dashboards are mounted for Grafana; the sources of an application are mounted for something else. */
const FOR_DASHBOARDS = /grafana|dashboard/i;

/**
 * Folders that hold dashboards for a Grafana without a single provider. Only of one that the tree starts and shows all
 * provisioning of: others may have providers that are not seen.
 */
export function unprovidedFolders(workspace: Workspace): UnprovidedFolder[] {
  const { grafana, providerFiles } = workspace;
  const isKnown = placeOf(grafana, providerPath(workspace)).kind !== 'unknown';
  // Older ones read dashboards without provisioning.
  if (!isAtLeast(grafana.version, '5.0')) return [];
  if (grafana.at === undefined || grafana.isRefused || providerFiles.length > 0 || !isKnown) return [];
  if (isFilledElsewhere(workspace) || hasUnreadProviders(workspace)) return [];
  return mountedUnwalkedFolders(workspace).flatMap((path) => {
    const place = placeOf(grafana, path);
    if (place.kind !== 'tree' || !FOR_DASHBOARDS.test(place.mount.target)) return [];
    return isHome(workspace, path) ? [] : [{ path, folder: place.path, at: place.mount.at }];
  });
}

/** Whether one of a folder's files may be the home dashboard, which is read by its path. */
function isHome({ grafana, files }: Workspace, path: string): boolean {
  const home = grafana.environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH;
  if (home !== undefined && normalise(home).startsWith(`${path}/`)) return true;
  return grafana.mounts.some(
    ({ target, source }) =>
      target.endsWith('.ini') &&
      (source.kind === 'bind' || source.kind === 'copy') &&
      /^\s*default_home_dashboard_path\s*=/m.test(files.get(source.path)?.text ?? ''),
  );
}

/** Provider files are there, and what keeps Grafana from reading them is a finding already. */
function hasUnreadProviders(workspace: Workspace): boolean {
  return (
    provisioningElsewhere(workspace) !== undefined ||
    placeFaults(workspace, 'dashboards').length > 0 ||
    mountFaults(workspace).length > 0 ||
    hasPutAside(workspace) ||
    (workspace.grafana.shadowed ?? []).length > 0 ||
    workspace.datasourceFiles.some(({ file }) => property(file.value, 'providers') !== undefined)
  );
}

/** A provider file is there under another name, such as `p.yaml.disabled`: somebody means it to be off. */
function hasPutAside(workspace: Workspace): boolean {
  const { grafana, files } = workspace;
  const place = placeOf(grafana, providerPath(workspace));
  if (place.kind !== 'tree') return false;
  return files
    .list(place.path)
    .some(
      (name) => !name.endsWith('.json') && PROVIDERS.test(files.get(`${place.path}/${name}`)?.text ?? ''),
    );
}

const PROVIDERS = /^["']?providers["']?\s*:/m;

/** The folder of provider files, inside the container. */
export function providerPath({ grafana }: Pick<Workspace, 'grafana'>): string {
  return normalise(`${grafana.provisioningPath}/dashboards`);
}
