import { isDeepStrictEqual } from 'node:util';
import type { Edit } from '../model/edit.ts';
import type { RefusedEdit } from '../model/write-plan.ts';
import { applyToValue } from './apply-to-value.ts';
import { editsTouch, inSafeOrder } from './edit-order.ts';
import { EditRefusal, pathText, refusalOf } from './edit-refusal.ts';
import type { EditableTextReader } from './editable-text.ts';
import { readJson } from './json-edit.ts';
import { changesNothing, type PropertyEdit, resolveEdit } from './resolve-edit.ts';
import { applySplices, type Splice } from './splice.ts';
import { readYaml } from './yaml-edit.ts';

/** What became of the edits of one file. */
export interface AppliedEdits {
  /** The new text; the old one when nothing was applied. */
  readonly text: string;
  readonly applied: readonly Edit[];
  readonly refused: readonly RefusedEdit[];
  /** Edits that touch an earlier one: to be thought of again when the new text has been read. */
  readonly deferred: readonly Edit[];
}

const READERS = { yaml: readYaml, json: readJson } as const satisfies Record<string, EditableTextReader>;

/**
 * Makes edits in one file's text, all paths being those of the text as given. An edit changes what it says and
 * nothing else: comments, order, quotes, indentation, line ends, byte order mark and every line it does not name
 * stay, and the new text must parse to the old value with the edit made; otherwise the edit is refused with a reason.
 */
export function applyEdits(
  path: string,
  format: 'yaml' | 'json',
  text: string,
  edits: readonly Edit[],
): AppliedEdits {
  const { ready, deferred } = withoutTouching(edits.filter((edit) => edit.file === path));
  const foreign = edits.filter((edit) => edit.file !== path);
  const refused: RefusedEdit[] = foreign.map((edit) => ({
    edit,
    reason: `The edit is for another file than ${path}.`,
  }));
  const [first] = ready;
  if (first?.kind === 'text') return { text: first.text ?? text, applied: [first], refused, deferred };

  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  const propertyEdits = inSafeOrder(ready.filter((edit) => edit.kind !== 'text'));
  const done =
    allAtOnce(body, propertyEdits, READERS[format]) ?? oneByOne(body, propertyEdits, READERS[format]);
  const applied = ready.filter((edit) => !done.refused.some((refusal) => refusal.edit === edit));
  return { text: mark + done.text, applied, refused: [...refused, ...done.refused], deferred };
}

function withoutTouching(edits: readonly Edit[]): {
  readonly ready: readonly Edit[];
  readonly deferred: readonly Edit[];
} {
  const ready: Edit[] = [];
  const deferred: Edit[] = [];
  for (const edit of edits)
    (ready.some((earlier) => editsTouch(earlier, edit)) ? deferred : ready).push(edit);
  return { ready, deferred };
}

interface Done {
  readonly text: string;
  readonly refused: readonly RefusedEdit[];
}

/** All edits on one reading of the text, for speed; undefined when together they do not come out right that way. */
function allAtOnce(text: string, edits: readonly PropertyEdit[], read: EditableTextReader): Done | undefined {
  if (edits.length < 2) return undefined;
  const refused: RefusedEdit[] = [];
  let result: string | undefined;
  const unreadable = refusalOf(() => {
    const before = read(text);
    const splices: Splice[] = [];
    let expected = before.value;
    for (const edit of edits) {
      const reason = refusalOf(() => {
        const change = resolveEdit(before.value, edit);
        if (changesNothing(before.value, change)) return;
        splices.push(...before.splices(change));
        expected = applyToValue(expected, resolveEdit(expected, edit));
      });
      if (reason !== undefined) refused.push({ edit, reason });
    }
    result = guarded(applySplices(text, splices), expected, read);
  });
  return unreadable === undefined && result !== undefined ? { text: result, refused } : undefined;
}

function oneByOne(text: string, edits: readonly PropertyEdit[], read: EditableTextReader): Done {
  const refused: RefusedEdit[] = [];
  let current = text;
  for (const edit of edits) {
    const reason = refusalOf(() => {
      current = editOnce(current, edit, read);
    });
    if (reason !== undefined) refused.push({ edit, reason });
  }
  return { text: current, refused };
}

function editOnce(text: string, edit: PropertyEdit, read: EditableTextReader): string {
  const before = read(text);
  const change = resolveEdit(before.value, edit);
  if (changesNothing(before.value, change)) return text;
  const expected = applyToValue(before.value, change);
  const after = guarded(applySplices(text, before.splices(change)), expected, read);
  if (after !== undefined) return after;
  throw new EditRefusal(
    `The way ${pathText(edit.path)} is written allows no change that leaves all else as it is.`,
  );
}

/** The guard: the text, if it parses to exactly the value it should have. */
function guarded(text: string | undefined, expected: unknown, read: EditableTextReader): string | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  const refusal = refusalOf(() => {
    value = read(text).value;
  });
  return refusal === undefined && isDeepStrictEqual(value, expected) ? text : undefined;
}
