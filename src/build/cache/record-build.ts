import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { packageFile } from '../../load/package-file.ts';
import type { WritePlan } from '../../model/write-plan.ts';
import type { OutputState } from '../build-result.ts';
import { lockFile } from '../plan-build.ts';
import { type RecordedOutput, writeRecord } from './build-record.ts';
import { compilerFiles } from './compiler-files.ts';
import { gitFiles } from './git-files.ts';
import type { Observations } from './observe.ts';
import { digestAt } from './unchanged-build.ts';

/** A build that found nothing wrong and left every output as it should be. */
export interface FinishedBuild {
  readonly root: string;
  readonly provisioning: string;
  /** Milliseconds since 1970: before anything was read. */
  readonly startedAt: number;
  /** Absolute paths of all modules that were loaded or checked. */
  readonly modules: readonly string[];
  /** What the build saw of the tree before it wrote, and what its rules saw of it as it will be. */
  readonly before: Observations;
  readonly after: Observations;
  readonly outputs: readonly OutputState[];
  readonly plan: WritePlan;
  /** SHA-256 of outputs by path. */
  readonly digests: ReadonlyMap<string, string>;
  readonly printed: string;
}

/**
 * Keeps what the build read and wrote, so that the next one can see that nothing is to be done. Keeps nothing when a
 * module changed while it ran: what was compiled may not be what stands there now.
 */
export function recordBuild(build: FinishedBuild): void {
  const { root, provisioning, startedAt, plan, digests, printed } = build;
  const files = inputFiles(root, build.modules);
  if (files.some((path) => changedAt(path) > startedAt - CLOCK_STEP)) return;
  const modules = Object.fromEntries(files.map((path) => [path, digestAt(path)]));
  const remaining = build.outputs.filter(({ state }) => state !== 'orphaned');
  const outputs = [...remaining, { path: lockFile(provisioning), definition: undefined }].flatMap(
    ({ path, definition }): RecordedOutput[] => {
      const digest = digests.get(path);
      return digest === undefined ? [] : [{ path, definition, sha256: digest }];
    },
  );
  const own = new Set([...outputs.map(({ path }) => path), ...plan.files.map(({ path }) => path)]);
  writeRecord({
    root,
    provisioning,
    seen: merged(build.before, build.after, own),
    modules,
    outputs,
    printed,
  });
}

/** All files outside of the observed tree that decide the result; packages count by their `package.json`. */
function inputFiles(root: string, modules: readonly string[]): readonly string[] {
  const own = packageFile('dist');
  const others = modules.filter((path) => !path.startsWith(own));
  const read = others.filter((path) => !/[\\/]node_modules[\\/]/.test(path));
  return [...new Set([...read, ...compilerFiles(root, others), ...gitFiles(root)])];
}

/** Milliseconds by which the time of a file can lag behind the clock. */
const CLOCK_STEP = 20;

/** When a file was changed, or the folder that has no such file; a file that appeared counts too. */
function changedAt(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.ctimeMs ?? statSync(dirname(path), { throwIfNoEntry: false })?.ctimeMs ?? 0;
}

/** What was seen of the tree as the build leaves it, without what it writes itself. */
function merged(before: Observations, after: Observations, own: ReadonlySet<string>): Observations {
  const folders = new Set([...own].flatMap((path) => parents(path)));
  const notOwn = (record: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(record).filter(([path]) => !own.has(path)));
  const unaffected = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).filter(([path]) => !folders.has(path) && !own.has(path)));
  return {
    files: { ...notOwn(before.files), ...notOwn(after.files) },
    kinds: { ...unaffected(before.kinds), ...after.kinds },
    lists: { ...unaffected(before.lists), ...after.lists },
  };
}

function parents(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, depth) => parts.slice(0, depth).join('/'));
}
