import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathError } from '../../model/usage-error.ts';
import { cacheFolder } from './cache-folder.ts';

/** A new empty folder for one run. */
export interface TemporaryFolder {
  readonly path: string;
  /** Whoever asked for it removes it; the end of the process does otherwise. */
  remove(): void;
}

/** One beside the caches of the workspace, or outside of it when that cannot be written. */
export function temporaryFolder(root: string): TemporaryFolder {
  const cache = cacheFolder(root);
  if (cache === undefined) return temporaryFolderOutside();
  try {
    mkdirSync(cache, { recursive: true });
    return made(join(cache, 'run-'));
  } catch {
    return temporaryFolderOutside();
  }
}

/**
 * One that lies in no workspace and in no `node_modules`, whose modules Node loads in another way.
 *
 * @throws UsageError when the system's folder for them cannot be written
 */
export function temporaryFolderOutside(): TemporaryFolder {
  try {
    return made(join(tmpdir(), 'panelproof-'));
  } catch (error) {
    throw pathError('write', `temporary files in ${tmpdir()}`, error);
  }
}

/** Removes those that are left; for an end that runs no `finally`. */
export function removeTemporaryFolders(): void {
  for (const path of left) remove(path);
}

const left = new Set<string>();

function made(prefix: string): TemporaryFolder {
  const path = mkdtempSync(prefix);
  if (left.size === 0) process.once('exit', removeTemporaryFolders);
  left.add(path);
  return { path, remove: () => remove(path) };
}

function remove(path: string): void {
  left.delete(path);
  if (left.size === 0) process.off('exit', removeTemporaryFolders);
  rmSync(path, { recursive: true, force: true });
}
