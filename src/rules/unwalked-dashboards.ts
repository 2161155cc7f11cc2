import type { SkippedFile, Workspace } from '../model/workspace.ts';
import { walkedDashboards } from './walked-dashboards.ts';

/** A dashboard that lies under a provider's path and is passed over. */
export interface UnwalkedDashboard {
  readonly file: string;
  readonly title: string;
  readonly why: SkippedFile['why'];
  /** The folder that is not entered; undefined when it is the file's own name. */
  readonly folder: string | undefined;
}

/** Folders and files so named are put aside on purpose. */
const PUT_ASIDE =
  /(?:^|[._\-/])(?:bak|backups?|old|archived?|disabled|drafts?|trash|tmp|temp|deprecated|unused|attic|git|github|vscode|idea|cache|ipynb_checkpoints)(?:$|[._\-/])/i;

/** Not more files than these are looked at below one folder that is not walked. */
const MAX_LOOKED_AT = 200;

/**
 * Dashboards that no walk reaches although they lie where a provider looks: `.JSON`, folders that begin with a dot,
 * linked folders. Those of which a walked file has the uid (or without one the title) are somewhere else already.
 */
export function unwalkedDashboards(workspace: Workspace): UnwalkedDashboard[] {
  const walked = walkedDashboards(workspace);
  const files = new Set(workspace.walks.flatMap((walk) => walk.files.map(({ file }) => file.path)));
  const uids = new Set(walked.map(({ uid }) => uid));
  const titles = new Set(walked.map(({ title }) => title));
  const found = new Map<string, UnwalkedDashboard>();
  for (const { path, why } of workspace.walks.flatMap(({ skipped }) => skipped)) {
    if (isPutAside(path.slice(path.lastIndexOf('/') + 1))) continue;
    const isFile = why === 'upper-case-ending';
    for (const file of isFile ? [path] : jsonBelow(workspace, path)) {
      const identity = identityIn(workspace, file);
      if (!identity || files.has(file) || found.has(file)) continue;
      const isElsewhere = identity.uid === '' ? titles.has(identity.title) : uids.has(identity.uid);
      if (!isElsewhere)
        found.set(file, { file, title: identity.title, why, folder: isFile ? undefined : path });
    }
  }
  return [...found.values()];
}

/** Whether a file or folder of this name is put aside on purpose: a backup, a draft, an archive. */
export function isPutAside(name: string): boolean {
  return PUT_ASIDE.test(name);
}

function jsonBelow({ files }: Workspace, folder: string): string[] {
  const found: string[] = [];
  const folders = [folder];
  for (let next = 0; next < folders.length && next < MAX_LOOKED_AT; next++)
    for (const name of files.list(folders[next] ?? '')) {
      const path = `${folders[next]}/${name}`;
      if (found.length >= MAX_LOOKED_AT) return found;
      if (name.endsWith('.json')) found.push(path);
      else if (!name.startsWith('.') && files.kind(path) === 'folder' && !isPutAside(name))
        folders.push(path);
    }
  return found;
}

/** Uid and title of a file that looks like a dashboard. */
function identityIn({ files }: Workspace, path: string): { uid: string; title: string } | undefined {
  const value = files.get(path)?.value as Partial<Record<string, unknown>> | null | undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { uid, title, panels, rows } = value;
  if (typeof title !== 'string' || title.trim() === '') return undefined;
  if (!Array.isArray(panels) && !Array.isArray(rows)) return undefined;
  return { uid: typeof uid === 'string' ? uid.trim() : '', title: title.trim() };
}
