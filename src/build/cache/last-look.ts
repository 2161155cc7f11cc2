import { mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { OutputState } from '../build-result.ts';
import { keptFile } from './cache-folder.ts';
import { PROGRAM } from './program.ts';

/** What a build would say that has nothing to do. */
export interface UnchangedBuild {
  readonly outputs: readonly OutputState[];
  /** What the definitions printed when they ran. */
  readonly printed: string;
}

/** Size, times of change in milliseconds and inode of a file: none of its bytes changes without one of them. */
export type Look = readonly [size: number, modifiedAt: number, changedAt: number, inode: number];

/** How everything looked that a build reads or writes when its contents were last compared. */
interface LastLook {
  readonly program: string;
  /** Absolute path of the workspace root. */
  readonly root: string;
  readonly provisioning: string;
  /** By absolute path; null where nothing was. */
  readonly looks: readonly (readonly [path: string, look: Look | null])[];
  readonly unchanged: UnchangedBuild;
}

/**
 * Whether all that the last build read and wrote still looks as it did when its contents were last compared: then
 * nothing has to be read. Undefined when they must be compared again.
 *
 * Has no digest, as another program is not loaded for it: damage of the file can only make something look different.
 */
export function looksUnchanged(folder: string, provisioning: string): UnchangedBuild | undefined {
  try {
    const root = realpathSync(folder);
    const last = JSON.parse(readFileSync(keptFile('look', root, provisioning) ?? '', 'utf8')) as LastLook;
    if (last.program !== PROGRAM || last.root !== root || last.provisioning !== provisioning)
      return undefined;
    for (const [path, look] of last.looks) if (!isSame(lookAt(path), look)) return undefined;
    return last.unchanged;
  } catch {
    return undefined;
  }
}

/** How a file or folder looks, links followed; null when there is none. */
export function lookAt(path: string): Look | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino] : null;
}

/**
 * Keeps how everything looked. Not while something is so new that the next change could leave it with the same times.
 *
 * @param lookedAt milliseconds since 1970: before anything was looked at, and that before its contents were compared
 */
export function keepLook(look: Omit<LastLook, 'program'>, lookedAt: number): void {
  if (look.looks.some(([, found]) => found !== null && found[2] > lookedAt - SETTLED)) return;
  writeKept('look', look, JSON.stringify({ program: PROGRAM, ...look }));
}

/** Keeps a text about a build, whole or not at all. Without a place to write the next build does more, no more. */
export function writeKept(
  what: 'build' | 'look',
  { root, provisioning }: { readonly root: string; readonly provisioning: string },
  text: string,
): void {
  const path = keptFile(what, root, provisioning);
  if (path === undefined) return;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, text);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // Read-only, or full: no cache.
  }
}

/** Milliseconds after which two changes of a file cannot share a time: the coarsest file systems count in 2 s. */
const SETTLED = 2000;

function isSame(a: Look | null, b: Look | null): boolean {
  if (a === null || b === null) return a === b;
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
}
