import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathError } from '../model/usage-error.ts';

/**
 * Writes a picture or a recording where the user asked for it, by a temporary file and a rename: whoever shows it never
 * reads half of it.
 *
 * @throws UsageError when it cannot be written
 */
export function writePicture(path: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}.tmp`, content);
    renameSync(`${path}.${process.pid}.tmp`, path);
  } catch (error) {
    throw pathError('write', path, error);
  }
}
