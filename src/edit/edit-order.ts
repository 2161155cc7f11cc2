import type { Edit } from '../model/edit.ts';
import type { PropertyPath } from '../model/source-file.ts';

/** Whether two edits of one file touch: equal or nested paths, or the file as a whole. The later one must wait. */
export function editsTouch(a: Edit, b: Edit): boolean {
  if (a.kind === 'text' || b.kind === 'text') return true;
  const shorter = Math.min(a.path.length, b.path.length);
  return a.path.slice(0, shorter).every((part, index) => part === b.path[index]);
}

/**
 * The order in which edits that do not touch can be made one by one while every path speaks of the file as it was
 * before the first: what shifts list indexes comes last, the highest index first.
 */
export function inSafeOrder<E extends Edit>(edits: readonly E[]): readonly E[] {
  const shifts = (edit: Edit) => edit.kind === 'delete' && typeof edit.path.at(-1) === 'number';
  const deletes = edits.filter(shifts).toSorted((a, b) => compare(pathOf(b), pathOf(a)));
  return [...edits.filter((edit) => !shifts(edit)), ...deletes];
}

function pathOf(edit: Edit): PropertyPath {
  return edit.kind === 'text' ? [] : edit.path;
}

/** Paths by their parts; only the order of two indexes in one list matters, the rest is for a stable order. */
function compare(a: PropertyPath, b: PropertyPath): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (typeof part === 'number' && typeof other === 'number') return part - other;
    return String(part) < String(other) ? -1 : 1;
  }
  return a.length - b.length;
}
