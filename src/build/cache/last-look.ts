import { readFileSync, realpathSync, statSync } from 'node:fs';
import type { OutputState } from '../build-result.ts';
import { keptFile } from './cache-folder.ts';
import { keepFile } from './keep-file.ts';
import { PROGRAM } from './program.ts';

/** What a build would say that has nothing to do. */
export interface UnchangedBuild {
  readonly outputs: readonly OutputState[];
  /** What the definitions printed when they ran. */
  readonly printed: string;
}

/** How everything looked that a build reads or writes when its contents were last compared. */
export interface LastLook {
  readonly program: string;
  /** Absolute path of the workspace root. */
  readonly root: string;
  readonly provisioning: string;
  /** What a build with nothing to do says: paths below the root, each with its definition. */
  readonly outputs: readonly (readonly [path: string, definition: string])[];
  readonly printed: string;
  /** Absolute paths of all else. */
  readonly others: readonly string[];
  /** What `figuresOf` says of all of them, in base64. */
  readonly figures: string;
}

/**
 * Whether all that the last build read and wrote still looks as it did when its contents were last compared: then
 * nothing has to be read. Undefined when they must be compared again.
 *
 * The file has no digest, for which Node's hashes would have to be loaded: damage can only make something look different.
 */
export function looksUnchanged(folder: string, provisioning: string): UnchangedBuild | undefined {
  try {
    const root = realpathSync(folder);
    const last = JSON.parse(readFileSync(keptFile('look', root, provisioning) ?? '', 'utf8')) as LastLook;
    if (last.program !== PROGRAM || last.root !== root || last.provisioning !== provisioning)
      return undefined;
    if (!bytesOf(figuresOf(last)).equals(Buffer.from(last.figures, 'base64'))) return undefined;
    return unchangedAt(last);
  } catch {
    return undefined;
  }
}

/**
 * Size, times of change in milliseconds and inode of each file and folder, links followed: none of its bytes changes
 * without one of them. Four times -1 where there is none.
 */
export function figuresOf({
  root,
  outputs,
  others,
}: Pick<LastLook, 'root' | 'outputs' | 'others'>): Float64Array {
  const figures = new Float64Array(4 * (outputs.length + others.length)).fill(-1);
  let at = 0;
  const add = (path: string) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats) {
      figures[at] = stats.size;
      figures[at + 1] = stats.mtimeMs;
      figures[at + 2] = stats.ctimeMs;
      figures[at + 3] = stats.ino;
    }
    at += 4;
  };
  for (const [path] of outputs) add(`${root}/${path}`);
  for (const path of others) add(path);
  return figures;
}

/**
 * Keeps how everything looked. Not while something is so new that the next change could leave it with the same times.
 *
 * @param figures as they were before the contents were compared
 * @param now milliseconds since 1970: before there were these figures
 */
export function keepLook(
  look: Omit<LastLook, 'program' | 'figures'>,
  figures: Float64Array,
  now: number,
): void {
  if (figures.some((figure, index) => index % 4 === 2 && figure > now - SETTLED)) return;
  const text = JSON.stringify({ program: PROGRAM, ...look, figures: bytesOf(figures).toString('base64') });
  const path = keptFile('look', look.root, look.provisioning);
  if (path !== undefined) keepFile(path, text);
}

function bytesOf({ buffer }: Float64Array): Buffer {
  return Buffer.from(buffer);
}

/** What a build says when everything is as it was at a look. */
export function unchangedAt({ outputs, printed }: Pick<LastLook, 'outputs' | 'printed'>): UnchangedBuild {
  const states = outputs.map(([path, definition]): OutputState => ({ path, definition, state: 'unchanged' }));
  return { outputs: states, printed };
}

/** Milliseconds after which two changes of a file cannot share a time: the coarsest file systems count in 2 s. */
const SETTLED = 2000;
