import { readFileSync, statSync } from 'node:fs';
import { keptFile } from './cache-folder.ts';
import { keepFile } from './keep-file.ts';
import { type Observations, sha256 } from './observe.ts';
import { PROGRAM } from './program.ts';

/** What a build that found nothing wrong read and left behind: with all of it unchanged, so is the result. */
export interface BuildRecord {
  /** The program that wrote it: version and source of panelproof, major version of Node, platform. */
  readonly program: string;
  /** Absolute path of the workspace root. */
  readonly root: string;
  /** Which folder the root is, so that a record that came with a checkout is no record of it. */
  readonly checkout: string;
  readonly provisioning: string;
  /** What the build and its rules saw of the tree, its own outputs left out. */
  readonly seen: Observations;
  /** SHA-256 by absolute path: modules, configurations of the compiler, `package.json` of packages; or `missing`. */
  readonly modules: Readonly<Record<string, string>>;
  /** The generated files and the lock file, which has no definition. */
  readonly outputs: readonly RecordedOutput[];
  /** What definitions printed. */
  readonly printed: string;
}

/** A file as the build left it. */
export interface RecordedOutput {
  /** Path below the workspace root. */
  readonly path: string;
  readonly definition: string | undefined;
  readonly sha256: string;
}

const FIRST_LINE = 'panelproof build record 3 ';

/** The record of the last build; undefined when there is none, it is damaged, or another program wrote it. */
export function readRecord(root: string, provisioning: string): BuildRecord | undefined {
  try {
    const text = readFileSync(keptFile('build', root, provisioning) ?? '', 'utf8');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    if (text.slice(0, end) !== FIRST_LINE + sha256(body)) return undefined;
    const record = JSON.parse(body) as BuildRecord;
    const isOurs =
      record.program === PROGRAM &&
      record.root === root &&
      record.checkout === checkoutAt(root) &&
      record.provisioning === provisioning;
    return isOurs ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the record of a build. */
export function writeRecord(record: Omit<BuildRecord, 'program' | 'checkout'>): void {
  const body = JSON.stringify({ program: PROGRAM, checkout: checkoutAt(record.root), ...record });
  const path = keptFile('build', record.root, record.provisioning);
  if (path !== undefined) keepFile(path, `${FIRST_LINE}${sha256(body)}\n${body}`);
}

/** Tells a folder from every other that ever was: nobody who commits a file can know it. */
function checkoutAt(root: string): string {
  const { ino, birthtimeMs } = statSync(root);
  return `${ino} ${birthtimeMs}`;
}
