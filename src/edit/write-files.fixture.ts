import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { PlannedFile } from '../model/write-plan.ts';
import type { WritableFileSystem } from './writable-file-system.ts';
import { WriteError } from './write-error.ts';
import { applyPlan } from './write-files.ts';

/** A folder to write to and one beside it, made before each test and removed after it. */
export let root: string;
export let outside: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'write-files-')));
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'write-files-outside-')));
});

afterEach(() => {
  for (const folder of [root, outside]) rmSync(folder, { recursive: true, force: true });
});

/** A planned file without reasons. */
export function planned(path: string, before: string | undefined, after: string | undefined): PlannedFile {
  return { path, before, after, reasons: [] };
}

/** Applies a plan of these files below the root. */
export function apply(files: readonly PlannedFile[], fs?: WritableFileSystem): readonly string[] {
  return applyPlan(root, { files, refused: [] }, fs);
}

/** The error that applying these files ends in. */
export function failure(files: readonly PlannedFile[], fs?: WritableFileSystem): WriteError {
  try {
    apply(files, fs);
  } catch (error) {
    if (error instanceof WriteError) return error;
    throw error;
  }
  throw new Error('The plan was written.');
}

/** Writes a file below the root. */
export function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** All files below the root, with their texts. */
export function tree(): Record<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}
