import { readFileSync } from 'node:fs';
import { pathError } from '../model/usage-error.ts';

/**
 * The text of a file that the user named.
 *
 * @throws UsageError when it cannot be read
 */
export function readInput(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw pathError('read', path, error);
  }
}
