import { sourceFile } from '../load/source-file.ts';
import type { Contents } from './compare.ts';
import type { DashboardOn } from './compare-dashboard.ts';
import {
  looksLikeProvisioning,
  type ProvisioningEntry,
  provisioningEntries,
} from './compare-provisioning.ts';
import { objectOf } from './json.ts';
import type { Sides } from './sides.ts';

/** A file that should be read and cannot be. */
export interface UnreadableFile {
  readonly file: string;
  readonly side: 'before' | 'after';
  readonly why: string;
}

/** What the two sides have in files that are not the same, byte for byte. */
export interface ChangedContents {
  readonly before: Contents;
  readonly after: Contents;
  readonly unreadable: readonly UnreadableFile[];
}

/** Reads dashboards and provisioning from the files that differ. Equal files are not even parsed. */
export function changedContents({ before, after }: Sides): ChangedContents {
  const relevant = (paths: readonly string[]) => paths.filter((path) => /\.(?:json|ya?ml)$/i.test(path));
  const afterPaths = relevant(after.paths);
  const beforePaths = new Set(relevant(before.paths));
  after.load(afterPaths);
  const afterTexts = new Map<string, Buffer>();
  for (const path of afterPaths) {
    const bytes = after.read(path);
    if (bytes === undefined) continue;
    if (beforePaths.has(path) && before.hasBytes(path, bytes)) beforePaths.delete(path);
    else afterTexts.set(path, bytes);
  }
  before.load([...beforePaths]);
  const beforeTexts = new Map<string, Buffer>();
  for (const path of beforePaths) {
    const bytes = before.read(path);
    if (bytes !== undefined) beforeTexts.set(path, bytes);
  }
  const unreadable: UnreadableFile[] = [];
  return {
    before: contentsOf(beforeTexts, (file, why) => unreadable.push({ file, side: 'before', why })),
    after: contentsOf(afterTexts, (file, why) => unreadable.push({ file, side: 'after', why })),
    unreadable,
  };
}

function contentsOf(
  files: ReadonlyMap<string, Buffer>,
  unreadable: (file: string, why: string) => void,
): Contents {
  const dashboards: DashboardOn[] = [];
  const provisioning: ProvisioningEntry[] = [];
  for (const [path, bytes] of files) {
    const text = bytes.toString('utf8');
    const isJson = /\.json$/i.test(path);
    if (!isJson && !looksLikeProvisioning(text)) continue;
    // A byte order mark is for `check` to speak of.
    const { value, syntaxErrors } = sourceFile(path, text.replace(/^\uFEFF/, ''));
    if (syntaxErrors[0]) {
      if (!isJson || /"(?:panels|rows|schemaVersion)"\s*:/.test(text))
        unreadable(path, syntaxErrors[0].message);
    } else if (!isJson) provisioning.push(...provisioningEntries(path, value));
    else if (isDashboard(value)) dashboards.push({ file: path, json: value });
  }
  return { dashboards, provisioning };
}

/** A classic dashboard, told from package files and the like by what only dashboards have. */
function isDashboard(value: unknown): value is DashboardOn['json'] {
  const json = objectOf(value);
  if (!json) return false;
  const hasPanels = Array.isArray(json.panels) || Array.isArray(json.rows);
  return hasPanels
    ? typeof json.title === 'string' || 'uid' in json
    : typeof json.schemaVersion === 'number' && typeof json.title === 'string';
}
