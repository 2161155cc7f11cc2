import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { WritePlan } from '../model/write-plan.ts';
import { disk, type WritableFileSystem } from './writable-file-system.ts';
import { WriteError, writeErrorFrom } from './write-error.ts';
import { type KnownFolders, type WriteTarget, writeTarget } from './write-target.ts';

/**
 * Writes a plan below the root and returns the paths that were written or removed, in that order. The only place
 * that writes files. First every file is checked, then every new text is written to a temporary file beside its
 * target, then each is renamed over it, then files are removed: whatever fails before the first rename changes
 * nothing, and a file is at any moment its old or its new text, never half of one. Mode and owner are kept.
 * Throws `WriteError`.
 */
export function applyPlan(root: string, plan: WritePlan, fs: WritableFileSystem = disk): readonly string[] {
  const targets = locate(root, plan, fs);
  const toWrite = targets.filter(({ file }) => file.after !== undefined);
  const toRemove = targets.filter(({ file }) => file.after === undefined);
  const written: string[] = [];
  const undo: (() => void)[] = [];
  let current = '';
  try {
    removeLeftovers(toWrite, fs);
    const staged = toWrite.map((target) => {
      current = target.file.path;
      return { target, temporary: stage(target, undo, fs) };
    });
    for (const { target, temporary } of staged) {
      current = target.file.path;
      fs.rename(temporary, target.at);
      written.push(current);
    }
    for (const target of toRemove) {
      current = target.file.path;
      fs.remove(target.at);
      written.push(current);
    }
    return written;
  } catch (error) {
    for (const step of undo.reverse()) attempt(step);
    throw writeErrorFrom(error, current, written);
  }
}

function locate(root: string, plan: WritePlan, fs: WritableFileSystem): readonly WriteTarget[] {
  const seen = new Map<string, string>();
  const folders: KnownFolders = new Map();
  const changed = plan.files.filter((file) => file.before !== file.after);
  return changed.map((file) => {
    try {
      const target = writeTarget(root, file, fs, folders);
      const twin = seen.get(target.at);
      if (twin !== undefined) {
        const message = `Cannot write ${file.path}: it is the same file as ${twin}; nothing was changed.`;
        throw new WriteError('unfit', file.path, message);
      }
      seen.set(target.at, file.path);
      return target;
    } catch (error) {
      throw writeErrorFrom(error, file.path, []);
    }
  });
}

/** Writes the new text to a temporary file and returns its path; how to take each step back goes into `undo`. */
function stage(target: WriteTarget, undo: (() => void)[], fs: WritableFileSystem): string {
  for (const folder of target.missingFolders) {
    if (fs.lookAt(folder) !== undefined) continue;
    fs.makeFolder(folder);
    undo.push(() => fs.removeFolder(folder));
  }
  const temporary = join(dirname(target.at), temporaryName(basename(target.at)));
  undo.push(() => fs.remove(temporary));
  fs.create(temporary, target.file.after ?? '');
  if (target.facts !== undefined) {
    const { uid, gid, mode } = target.facts;
    // Only root can give a file away; for anybody else the writer becomes the owner.
    attempt(() => fs.setOwner(temporary, uid, gid));
    fs.setMode(temporary, mode);
  }
  return temporary;
}

const TEMPORARY_NAME = /^\..*\.panelproof-(\d+)-[0-9a-f]+\.tmp$/;

/** Grafana reads by file ending (.json, .yaml, .yml), so it never sees one of these. */
function temporaryName(name: string): string {
  return `.${name.slice(0, 40)}.panelproof-${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
}

/** Clears away what a killed run left beside the files to write. */
function removeLeftovers(targets: readonly WriteTarget[], fs: WritableFileSystem): void {
  for (const folder of new Set(targets.map((target) => dirname(target.at)))) {
    attempt(() => {
      for (const name of fs.list(folder)) {
        const pid = TEMPORARY_NAME.exec(name)?.[1];
        if (pid !== undefined && !isRunning(Number(pid))) fs.remove(join(folder, name));
      }
    });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Does what is welcome and not needed: its failure must not hide, or become, the failure that matters. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {}
}
