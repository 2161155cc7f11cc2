import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { recordPath } from './cache-folder.ts';
import { type Observations, sha256 } from './observe.ts';

/** What a build that found nothing wrong read and left behind: with all of it unchanged, so is the result. */
export interface BuildRecord {
  /** The program that wrote it: version and source of panelproof, major version of Node, platform. */
  readonly program: string;
  /** Absolute path of the workspace root. */
  readonly root: string;
  readonly provisioning: string;
  /** What the build and its rules saw of the tree, its own outputs left out. */
  readonly seen: Observations;
  /** SHA-256 by absolute path: modules, configurations of the compiler, `package.json` of packages; or `missing`. */
  readonly modules: Readonly<Record<string, string>>;
  /** The generated files and the lock file, which has no definition. */
  readonly outputs: readonly RecordedOutput[];
  /** What definitions printed. */
  readonly printed: string;
  /** Milliseconds since 1970: when the outputs were looked at. */
  readonly savedAt: number;
}

/** A file as the build left it. */
export interface RecordedOutput {
  /** Path below the workspace root. */
  readonly path: string;
  readonly definition: string | undefined;
  readonly sha256: string;
  /** Size, times and inode in one text. */
  readonly stat: string;
}

declare const PANELPROOF_FINGERPRINT: string | undefined;

/** Identifies the program that runs: a record by any other is not believed. Undefined when it is not bundled. */
export const PROGRAM =
  typeof PANELPROOF_FINGERPRINT === 'string'
    ? `${PANELPROOF_FINGERPRINT} node ${process.versions.node.split('.')[0]} ${process.platform}`
    : `source node ${process.versions.node.split('.')[0]} ${process.platform}`;

const FIRST_LINE = 'panelproof build record 1 ';

/** The record of the last build; undefined when there is none, it is damaged, or another program wrote it. */
export function readRecord(root: string, provisioning: string): BuildRecord | undefined {
  const path = recordPath(root, provisioning);
  if (path === undefined) return undefined;
  try {
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    if (text.slice(0, end) !== FIRST_LINE + sha256(body)) return undefined;
    const record = JSON.parse(body) as BuildRecord;
    const isOurs = record.program === PROGRAM && record.root === root && record.provisioning === provisioning;
    return isOurs ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the record of a build. Without a place to write it is not kept, and the next build is a whole one. */
export function writeRecord(record: BuildRecord): void {
  const path = recordPath(record.root, record.provisioning);
  if (path === undefined) return;
  const body = JSON.stringify(record);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, `${FIRST_LINE}${sha256(body)}\n${body}`);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // Read-only, or full: no cache.
  }
}
