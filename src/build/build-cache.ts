import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The caches of a workspace: in its `node_modules`, where neither git nor Grafana looks. Undefined without one. */
export function cacheFolder(root: string): string | undefined {
  return existsSync(join(root, 'node_modules')) ? join(root, 'node_modules/.cache/panelproof') : undefined;
}

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
