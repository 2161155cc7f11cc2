import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

/** A new empty folder for one run; whoever asks removes it. Not in the workspace when that cannot be written. */
export function temporaryFolder(root: string): string {
  const cache = cacheFolder(root);
  try {
    if (cache === undefined) return mkdtempSync(join(tmpdir(), 'panelproof-'));
    mkdirSync(cache, { recursive: true });
    return mkdtempSync(join(cache, 'run-'));
  } catch {
    return mkdtempSync(join(tmpdir(), 'panelproof-'));
  }
}
