import { createHash } from 'node:crypto';
import { type GeneratedLock, LOCK_FILE, readLock } from '../load/generated-lock.ts';
import { hasBytes } from './side.ts';
import type { Sides } from './sides.ts';

/** A generated file that may not be what its definition compiles to. */
export interface StaleFile {
  readonly file: string;
  readonly definition: string;
  /**
   * `edited` by hand since it was built, `missing`, `stale` (somebody compiled the definition and got something else),
   * `unsure`: the definition changed and the file did not, which a refactoring does, and a forgotten build too.
   */
  readonly why: 'edited' | 'missing' | 'stale' | 'unsure';
}

/** What the lock files of the later side say of the generated files in it; runs nothing. */
export function staleFiles({ before, after }: Sides): readonly StaleFile[] {
  const locks = after.paths.filter((path) => path === LOCK_FILE || path.endsWith(`/${LOCK_FILE}`));
  after.load(locks);
  return locks.flatMap((path) => {
    const prefix = path.slice(0, path.length - LOCK_FILE.length);
    const entries = Object.entries(readLock(after.read(path)?.toString() ?? '') ?? {});
    after.load(entries.flatMap(([name, { definition }]) => [prefix + name, definition]));
    return entries.flatMap(([name, entry]) => {
      const why = stateOf(prefix + name, entry, { before, after });
      return why === undefined ? [] : [{ file: prefix + name, definition: entry.definition, why }];
    });
  });
}

function stateOf(
  file: string,
  { definition, sha256 }: GeneratedLock[string],
  { before, after }: Sides,
): StaleFile['why'] | undefined {
  // A recorded name is data from a file: it must not lead elsewhere.
  if (file.split('/').includes('..')) return undefined;
  const bytes = after.read(file);
  if (bytes === undefined) return 'missing';
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return 'edited';
  const source = after.read(definition);
  const isTouched =
    source !== undefined && before.read(definition) !== undefined && !hasBytes(before, definition, source);
  return isTouched && hasBytes(before, file, bytes) ? 'unsure' : undefined;
}
