import { type GrafanaVersion, isAtLeast } from '../model/grafana-version.ts';
import type { ProviderWalk, WalkedFile, Workspace } from '../model/workspace.ts';

/** The Grafana folder that a walked file's dashboard ends up in. */
export interface LandingFolder {
  /** Tells folders of one Grafana apart; two folders can have one title. */
  readonly key: string;
  /** `''` is General. */
  readonly title: string;
}

/**
 * Where the walked files end up on an empty database, in the order in which Grafana makes its folders: one with a
 * known uid is taken whatever its title is, otherwise one of that title; up to Grafana 11 one with the same slug (`My
 * App` and `my-app`) will do.
 */
export function landingFolders(workspace: Workspace): ReadonlyMap<WalkedFile, LandingFolder> {
  const { version } = workspace.grafana;
  const known = new Map<string, LandingFolder>();
  const landing = new Map<WalkedFile, LandingFolder>();
  for (const walk of workspace.walks)
    for (const [title, files] of filesByFolder(walk)) {
      const { orgId, folderUid } = walk.provider;
      const general: LandingFolder = { key: `${orgId}`, title: '' };
      const byTitle = `${orgId} title ${nameKey(title, version)}`;
      const byUid = folderUid === undefined ? undefined : `${orgId} uid ${folderUid}`;
      const folder =
        title === '' ? general : (known.get(byUid ?? byTitle) ?? { key: byUid ?? byTitle, title });
      if (title !== '') {
        known.set(folder.key, folder);
        if (!known.has(byTitle)) known.set(byTitle, folder);
      }
      for (const file of files) landing.set(file, folder);
    }
  return landing;
}

function filesByFolder({ provider, files }: ProviderWalk): Map<string, WalkedFile[]> {
  // A provider makes its folder whether it has files or not.
  const folders = new Map<string, WalkedFile[]>(
    provider.foldersFromFilesStructure ? [] : [[provider.folder, []]],
  );
  for (const file of files) {
    const inFolder = folders.get(file.folder);
    if (inFolder) inFolder.push(file);
    else folders.set(file.folder, [file]);
  }
  return folders;
}

function nameKey(title: string, version: GrafanaVersion): string {
  return isAtLeast(version, '12.0') ? title : slugOf(title) || title;
}

/** A title as older versions put it into addresses. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
