import { sourceFile } from '../load/source-file.ts';
import type { ItemDiff, TreeDiff } from './change.ts';
import { compare } from './compare.ts';
import { compareDashboard, type DashboardOn } from './compare-dashboard.ts';
import {
  looksLikeProvisioning,
  type ProvisioningEntry,
  provisioningEntries,
} from './compare-provisioning.ts';
import { objectOf, textOf } from './json.ts';
import type { Side } from './side.ts';
import type { Sides } from './sides.ts';

/** A file that should be read and cannot be. */
export interface UnreadableFile {
  readonly file: string;
  readonly side: 'before' | 'after';
  readonly why: string;
}

/** What changed, and what could not be read. */
export interface SidesDiff extends TreeDiff {
  readonly unreadable: readonly UnreadableFile[];
}

/**
 * Compares the dashboards and the provisioning of two sides. Files that are equal byte for byte are not parsed. A
 * dashboard that kept its file and its uid is compared and let go at once: only what came, went or moved is held until
 * all is read.
 */
export function compareSides(sides: Sides): SidesDiff {
  const unreadable: UnreadableFile[] = [];
  const settled: ItemDiff[] = [];
  const left = { before: emptyContents(), after: emptyContents() };
  for (const { file, ...bytes } of changedFiles(sides)) {
    const [before, after] = (['before', 'after'] as const).map((side) => {
      const read = readFile(file, bytes[side]);
      if (read.kind === 'unreadable') unreadable.push({ file, side, why: read.why });
      if (read.kind === 'provisioning') left[side].provisioning.push(...read.entries);
      return read.kind === 'dashboard' ? read.dashboard : undefined;
    });
    if (before && after && uidOf(before) !== undefined && uidOf(before) === uidOf(after)) {
      const diff = compareDashboard(before, after);
      if (diff) settled.push(diff);
    } else {
      if (before) left.before.dashboards.push(before);
      if (after) left.after.dashboards.push(after);
    }
  }
  return { ...compare(left.before, left.after, settled), unreadable };
}

/** So many files are asked for at once: one call of git for many, and few in memory. */
const FILES_AT_ONCE = 250;

/** The files that are not the same on both sides, and their bytes. */
function* changedFiles({ before, after }: Sides): Generator<ChangedFile> {
  const relevant = (side: Side) => side.paths.filter((path) => /\.(?:json|ya?ml)$/i.test(path));
  const beforePaths = new Set(relevant(before));
  const paths = [...new Set([...relevant(after), ...beforePaths])];
  for (let start = 0; start < paths.length; start += FILES_AT_ONCE) {
    const some = paths.slice(start, start + FILES_AT_ONCE);
    after.load(some);
    const differing = some.flatMap((file) => {
      const bytes = after.read(file);
      const isSame = bytes !== undefined && beforePaths.has(file) && before.hasBytes?.(file, bytes);
      return isSame ? [] : [{ file, bytes }];
    });
    before.load(differing.map(({ file }) => file));
    for (const { file, bytes } of differing) {
      const earlier = beforePaths.has(file) ? before.read(file) : undefined;
      if (!earlier || !bytes?.equals(earlier)) yield { file, before: earlier, after: bytes };
    }
  }
}

interface ChangedFile {
  readonly file: string;
  readonly before: Buffer | undefined;
  readonly after: Buffer | undefined;
}

type ReadFile =
  | { readonly kind: 'dashboard'; readonly dashboard: DashboardOn }
  | { readonly kind: 'provisioning'; readonly entries: readonly ProvisioningEntry[] }
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'neither' };

const NOTHING: ReadFile = { kind: 'neither' };

function readFile(file: string, bytes: Buffer | undefined): ReadFile {
  if (bytes === undefined) return NOTHING;
  const text = bytes.toString('utf8');
  const isJson = /\.json$/i.test(file);
  if (!isJson && !looksLikeProvisioning(text)) return NOTHING;
  // A byte order mark is for `check` to speak of.
  const { value, syntaxErrors } = sourceFile(file, text.replace(/^\uFEFF/, ''));
  const [error] = syntaxErrors;
  if (error) {
    const isOurs = !isJson || /"(?:panels|rows|schemaVersion)"\s*:/.test(text);
    return isOurs ? { kind: 'unreadable', why: error.message } : NOTHING;
  }
  if (!isJson) return { kind: 'provisioning', entries: provisioningEntries(file, value) };
  return isDashboard(value) ? { kind: 'dashboard', dashboard: { file, json: value } } : NOTHING;
}

/** A classic dashboard, told from package files and the like by what only dashboards have. */
function isDashboard(value: unknown): value is DashboardOn['json'] {
  const json = objectOf(value);
  if (!json) return false;
  const isTitled = typeof json.title === 'string';
  if (Array.isArray(json.panels) || Array.isArray(json.rows)) return isTitled || 'uid' in json;
  return isTitled && typeof json.schemaVersion === 'number';
}

function uidOf({ json }: DashboardOn): string | undefined {
  return textOf(json.uid);
}

function emptyContents(): { dashboards: DashboardOn[]; provisioning: ProvisioningEntry[] } {
  return { dashboards: [], provisioning: [] };
}
