import type { Edit } from '../model/edit.ts';
import type { SourceFile } from '../model/source-file.ts';
import type { PlannedFile, RefusedEdit, WritePlan } from '../model/write-plan.ts';
import { type AppliedEdits, applyEdits } from './apply-edits.ts';
import { editsTouch } from './edit-order.ts';

/** Edits that belong together, in whatever files: all of them are made or none. */
export interface WantedChange {
  /** Why, one sentence. */
  readonly reason: string;
  /** Paths are those of the files as read. No two may touch the same property. */
  readonly edits: readonly Edit[];
}

/** A plan, and what became of each change that was wanted. */
export interface PlannedChanges<C extends WantedChange> {
  readonly plan: WritePlan;
  readonly made: readonly C[];
  /** Changes with an edit that cannot be made; the edits and reasons are in the plan. */
  readonly refused: readonly C[];
  /** Changes that touch an earlier one: to be thought of again when the plan has been applied. */
  readonly deferred: readonly C[];
}

/** A file as it was read: what planning needs of it. */
export type PlannableFile = Pick<SourceFile, 'path' | 'format' | 'text'>;

/** Plans changes of files. Nothing is read or written; the caller prints the plan or applies it. */
export function planEdits<C extends WantedChange>(
  files: readonly PlannableFile[],
  changes: readonly C[],
): PlannedChanges<C> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const refusedEdits: RefusedEdit[] = [];
  const refused: C[] = [];
  const deferred: C[] = [];
  let made = changes;
  // A change that falls out takes its other edits along, so what is left is planned again.
  for (;;) {
    const results = editFiles(byPath, made);
    const reasons = new Map(
      results.flatMap((result) => result.refused).map(({ edit, reason }) => [edit, reason]),
    );
    const late = new Set(results.flatMap((result) => result.deferred));
    const isRefused = (change: C) => touchesItself(change) || change.edits.some((edit) => reasons.has(edit));
    const isLate = (change: C) => change.edits.some((edit) => late.has(edit));
    const kept = made.filter((change) => !isRefused(change) && !isLate(change));
    if (kept.length === made.length) {
      return {
        plan: { files: plannedFiles(results, byPath, made), refused: refusedEdits },
        made,
        refused,
        deferred,
      };
    }
    for (const change of made) {
      if (isRefused(change)) {
        refused.push(change);
        refusedEdits.push(...refusalsOf(change, reasons));
      } else if (isLate(change)) deferred.push(change);
    }
    made = kept;
  }
}

/** What the edits of one file come to. */
interface EditedFile extends AppliedEdits {
  readonly path: string;
}

function editFiles(
  files: ReadonlyMap<string, PlannableFile>,
  changes: readonly WantedChange[],
): readonly EditedFile[] {
  const edits = changes.flatMap((change) => change.edits);
  const paths = [...new Set(edits.map((edit) => edit.file))];
  return paths.map((path) => {
    const own = edits.filter((edit) => edit.file === path);
    return { path, ...editFile(path, files, own) };
  });
}

function editFile(
  path: string,
  files: ReadonlyMap<string, PlannableFile>,
  edits: readonly Edit[],
): AppliedEdits {
  const reasons = new Map(
    edits.flatMap((edit) => {
      const reason = whyNot(edit, files);
      return reason === undefined ? [] : [[edit, reason] as const];
    }),
  );
  const fit = edits.filter((edit) => !reasons.has(edit));
  const file = files.get(path);
  // Whole-text edits are all that is left for a file that is new or of another format.
  const format = file?.format === 'json' ? 'json' : 'yaml';
  const result = applyEdits(path, format, file?.text ?? '', fit);
  const refused = [...reasons].map(([edit, reason]) => ({ edit, reason }));
  return { ...result, refused: [...refused, ...result.refused] };
}

function whyNot(edit: Edit, files: ReadonlyMap<string, PlannableFile>): string | undefined {
  const file = files.get(edit.file);
  if (edit.kind !== 'text') {
    if (file === undefined) return `There is no file ${edit.file}.`;
    return file.format === 'text' ? `${edit.file} is neither YAML nor JSON.` : undefined;
  }
  if (file === undefined && edit.text === undefined) return `There is no file ${edit.file}.`;
  const target = edit.renameTo;
  const isTaken = target !== undefined && target !== edit.file && files.has(target);
  return isTaken ? `There is already a file ${target}.` : undefined;
}

function touchesItself({ edits }: WantedChange): boolean {
  return edits.some((edit, index) => {
    return edits.slice(0, index).some((earlier) => earlier.file === edit.file && editsTouch(earlier, edit));
  });
}

function refusalsOf(change: WantedChange, reasons: ReadonlyMap<Edit, string>): readonly RefusedEdit[] {
  const own = change.edits.flatMap((edit) => {
    const reason = reasons.get(edit);
    return reason === undefined ? [] : [{ edit, reason }];
  });
  if (own.length > 0) return own;
  return change.edits
    .slice(0, 1)
    .map((edit) => ({ edit, reason: 'The edits of this change touch each other.' }));
}

function plannedFiles(
  results: readonly EditedFile[],
  files: ReadonlyMap<string, PlannableFile>,
  changes: readonly WantedChange[],
): readonly PlannedFile[] {
  return results.flatMap(({ path, text, applied }): readonly PlannedFile[] => {
    const before = files.get(path)?.text;
    const own = changes.filter((change) => change.edits.some((edit) => edit.file === path));
    const reasons = [...new Set(own.map((change) => change.reason))];
    const target = applied.find((edit) => edit.kind === 'text')?.renameTo ?? path;
    if (target === path) return before === text ? [] : [{ path, before, after: text, reasons }];
    const moved = { path: target, before: undefined, after: text, reasons };
    return before === undefined ? [moved] : [{ path, before, after: undefined, reasons }, moved];
  });
}
