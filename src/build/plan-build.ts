import type { FileTree } from '../load/file-tree.ts';
import { type GeneratedLock, LOCK_FILE, printLock } from '../load/generated-lock.ts';
import { readText } from '../load/tree-files.ts';
import type { Finding } from '../model/finding.ts';
import type { PlannedFile, WritePlan } from '../model/write-plan.ts';
import type { OutputState } from './build-result.ts';
import { sha256 } from './cache/observe.ts';
import { definitionError } from './definition-error.ts';
import { recordedLock } from './recorded-lock.ts';

/** A file that the definitions compile to. */
export interface GeneratedFile {
  /** Path below the workspace root. */
  readonly path: string;
  readonly text: string;
  /** Path of the definition below the workspace root. */
  readonly definition: string;
}

/** What a build would do. */
export interface BuildPlan {
  readonly outputs: readonly OutputState[];
  readonly plan: WritePlan;
  readonly errors: readonly Finding[];
  /** SHA-256 by path of each output, and of the record of them, as they will be. */
  readonly digests: ReadonlyMap<string, string>;
}

/**
 * Compares the generated files with the disk and with what the last build recorded. Only recorded files are
 * overwritten or removed: anything else in the way is an error. What a `failed` definition made earlier stays.
 */
export function planBuild(
  tree: FileTree,
  provisioning: string,
  generated: readonly GeneratedFile[],
  { failed, present }: { readonly failed: ReadonlySet<string>; readonly present: RecordedOutputs },
): BuildPlan {
  const prefix = provisioning === '' ? '' : `${provisioning}/`;
  const lockPath = lockFile(provisioning);
  const { lock, lockText, texts } = present;
  if (!lock) {
    const errors = [unreadableLock(lockPath)];
    return { outputs: [], plan: { files: [], refused: [] }, errors, digests: new Map() };
  }

  const outputs: OutputState[] = [];
  const files: PlannedFile[] = [];
  const errors: Finding[] = [];
  const recorded: Record<string, GeneratedLock[string]> = {};
  const digests = new Map<string, string>();
  for (const { path, text, definition } of [...generated].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const before = texts.has(path) ? texts.get(path) : readText(tree, path);
    const known = Object.hasOwn(lock, below(prefix, path)) ? lock[below(prefix, path)] : undefined;
    const state = stateOf(before, text, known?.sha256);
    if (state === 'in the way') {
      errors.push(
        definitionError(
          'generated-file-in-the-way',
          `Occupied output: ${path} was not written by a build, and ${definition} compiles to it. Move it away, or delete it when the definition replaces it`,
          { file: definition },
        ),
      );
      continue;
    }
    outputs.push({ path, definition, state });
    const digest = sha256(text);
    digests.set(path, digest);
    recorded[below(prefix, path)] = { definition, sha256: digest };
    if (state !== 'unchanged')
      files.push({ path, before, after: text, reasons: [`${definition}: ${state}`] });
  }
  for (const [name, { definition, sha256: hash }] of Object.entries(lock)) {
    if (Object.hasOwn(recorded, name)) continue;
    if (failed.has(definition) || errors.some(({ at }) => at.file === definition)) continue;
    const path = prefix + name;
    const before = texts.get(path);
    if (before === undefined) continue;
    if (sha256(before) === hash) {
      outputs.push({ path, definition, state: 'orphaned' });
      files.push({ path, before, after: undefined, reasons: [`${definition} no longer defines it`] });
    } else
      errors.push(
        definitionError(
          'generated-file-in-the-way',
          `Edited by hand: ${path} is no longer defined by ${definition}, but differs from what the build wrote. Delete it, or bring its changes back into a definition`,
          { file: path },
        ),
      );
  }
  const lockAfter = printLock(recorded);
  digests.set(lockPath, sha256(lockAfter));
  if (lockText !== lockAfter && (lockText !== undefined || generated.length > 0))
    files.push({ path: lockPath, before: lockText, after: lockAfter, reasons: ['what the build wrote'] });
  return { outputs, plan: { files, refused: [] }, errors, digests };
}

/** What the last build recorded, and what stands there now. */
export interface RecordedOutputs {
  /** Undefined when the record cannot be read. */
  readonly lock: GeneratedLock | undefined;
  /** Undefined when there is none. */
  readonly lockText: string | undefined;
  /** By path below the workspace root; undefined where no file is. */
  readonly texts: ReadonlyMap<string, string | undefined>;
}

/** Reads the record of the last build and the files that it names. */
export function recordedOutputs(tree: FileTree, provisioning: string): RecordedOutputs {
  const lockText = readText(tree, lockFile(provisioning));
  const lock = lockText === undefined ? {} : recordedLock(lockText);
  // A recorded name is data from a file: it must not lead out of the provisioning folder.
  const names = Object.keys(lock ?? {}).filter((name) => !name.split('/').includes('..'));
  const paths = names.map((name) => (provisioning === '' ? name : `${provisioning}/${name}`));
  return { lock, lockText, texts: new Map(paths.map((path) => [path, readText(tree, path)])) };
}

/** Path of the record of what was written, below the workspace root. */
export function lockFile(provisioning: string): string {
  return provisioning === '' ? LOCK_FILE : `${provisioning}/${LOCK_FILE}`;
}

function stateOf(
  before: string | undefined,
  text: string,
  recorded: string | undefined,
): OutputState['state'] | 'in the way' {
  if (before === undefined) return 'missing';
  if (before === text) return 'unchanged';
  if (recorded === undefined) return 'in the way';
  return sha256(before) === recorded ? 'stale' : 'edited';
}

function unreadableLock(path: string): Finding {
  const message = `Expected ${path} to be what a build wrote; delete it and build again: files that are as they should be are recorded anew`;
  return definitionError('generated-lock-invalid', message, { file: path });
}

function below(prefix: string, path: string): string {
  return path.slice(prefix.length);
}
