import { createHash } from 'node:crypto';
import { MAX_UID_LENGTH } from './file-fault.ts';

/** Characters of the hash at the end of a made-up uid. */
const HASH_LENGTH = 8;

/** A legal dashboard uid made of a text, always the same for the same seed: its letters and digits, and a short hash. */
export function stableUid(text: string, seed: string = text): string {
  const hash = createHash('sha256').update(seed).digest('hex').slice(0, HASH_LENGTH);
  const slug = text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .slice(0, MAX_UID_LENGTH - HASH_LENGTH - 1)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? hash : `${slug}-${hash}`;
}

/** The name of a file without its folder and ending. */
export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.json$/, '');
}
