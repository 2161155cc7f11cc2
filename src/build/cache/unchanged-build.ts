import { readFileSync, statSync } from 'node:fs';
import { diskTree } from '../../load/file-tree.ts';
import type { OutputState } from '../build-result.ts';
import { type BuildRecord, type RecordedOutput, readRecord, writeRecord } from './build-record.ts';
import { isAsObserved, sha256 } from './observe.ts';

/** What a build would say that has nothing to do. */
export interface UnchangedBuild {
  readonly outputs: readonly OutputState[];
  /** What the definitions printed when they ran. */
  readonly printed: string;
}

/**
 * Whether everything that the last build read and wrote is as it was: then another one would do nothing, and this is
 * what it would say. Loads no compiler, no SDK and no parser. Undefined when the build has to run.
 */
export function unchangedBuild(folder: string, provisioning: string): UnchangedBuild | undefined {
  const lookedAt = Date.now();
  const tree = treeAt(folder);
  const record = tree && readRecord(tree.root, provisioning);
  if (!record) return undefined;
  const fresh = new Set<RecordedOutput>();
  for (const output of record.outputs) {
    const state = outputState(record, output);
    if (state === 'changed') return undefined;
    if (state === 'fresh') fresh.add(output);
  }
  for (const path in record.modules) if (digestAt(path) !== record.modules[path]) return undefined;
  if (!isAsObserved(tree, record.seen)) return undefined;
  // Outputs that had to be read are old enough now that their times will do the next time.
  if (fresh.size > 0 && lookedAt - record.savedAt > SETTLED) writeRecord({ ...record, savedAt: lookedAt });
  const outputs = record.outputs.flatMap(({ path, definition }): OutputState[] =>
    definition === undefined ? [] : [{ path, definition, state: 'unchanged' }],
  );
  return { outputs, printed: record.printed };
}

/** Size, times and inode of a file: none of its bytes changes without one of them. */
export function statOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}` : undefined;
}

/** SHA-256 of a file by absolute path, or `missing`. */
export function digestAt(path: string): string {
  try {
    return sha256(readFileSync(path));
  } catch {
    return 'missing';
  }
}

/** Milliseconds after which two changes of a file cannot share a time: the coarsest file systems count in 2 s. */
const SETTLED = 2000;

function treeAt(folder: string) {
  try {
    return diskTree(folder);
  } catch {
    return undefined;
  }
}

function outputState({ root, savedAt }: BuildRecord, output: RecordedOutput): 'same' | 'fresh' | 'changed' {
  const path = `${root}/${output.path}`;
  if (statOf(path) !== output.stat) return 'changed';
  const changedAt = Number(output.stat.split(' ')[2]);
  if (savedAt - changedAt > SETTLED) return 'same';
  return digestAt(path) === output.sha256 ? 'fresh' : 'changed';
}
