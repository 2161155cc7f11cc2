import { isDeepStrictEqual } from 'node:util';
import type {
  AppendEdit,
  DeleteEdit,
  Edit,
  JsonValue,
  RenameEdit,
  SetEdit,
  TextEdit,
} from '../model/edit.ts';
import type { PropertyPath } from '../model/source-file.ts';
import { EditRefusal, pathText } from './edit-refusal.ts';

/** An edit of a property, that is any but a change of the file as a whole. */
export type PropertyEdit = Exclude<Edit, TextEdit>;

/** What an edit comes to in a file that is known: one step that a writer of YAML or JSON can take. */
export type Change =
  /** The value at `path` exists and becomes `value`. */
  | { readonly kind: 'replace'; readonly path: PropertyPath; readonly value: JsonValue }
  /** The mapping at `path` exists and gets a key it does not have. */
  | {
      readonly kind: 'insert';
      readonly path: PropertyPath;
      readonly key: string;
      readonly value: JsonValue;
      readonly after: string | undefined;
    }
  /** The list at `path` exists and gets one more item. */
  | { readonly kind: 'append'; readonly path: PropertyPath; readonly value: JsonValue }
  /** The property at `path` exists, and its mapping has no `key` yet. */
  | { readonly kind: 'rename'; readonly path: PropertyPath; readonly key: string }
  /** The property or item at `path` exists and goes. */
  | { readonly kind: 'remove'; readonly path: PropertyPath };

/**
 * Says what the edit comes to in a file of this value. Mappings missing on the way are made; a `null` on the way
 * (an empty `jsonData:`) counts as missing. Throws `EditRefusal` when the path leads nowhere.
 */
export function resolveEdit(root: unknown, edit: PropertyEdit): Change {
  switch (edit.kind) {
    case 'set':
      return resolveSet(root, edit);
    case 'append':
      return resolveAppend(root, edit);
    case 'rename':
      return resolveRename(root, edit);
    case 'delete':
      return resolveDelete(root, edit);
    default:
      return edit satisfies never;
  }
}

function resolveSet(root: unknown, edit: SetEdit): Change {
  const [exists] = walk(root, edit.path);
  if (exists === edit.path.length) return { kind: 'replace', path: edit.path, value: edit.value };
  return insertion(root, edit.path, edit.value, edit.after);
}

function resolveAppend(root: unknown, edit: AppendEdit): Change {
  const [exists, found] = walk(root, edit.path);
  if (exists < edit.path.length) return insertion(root, edit.path, [edit.value], undefined);
  if (found === null) return { kind: 'replace', path: edit.path, value: [edit.value] };
  if (!Array.isArray(found)) throw new EditRefusal(`${pathText(edit.path)} is not a list.`);
  return { kind: 'append', path: edit.path, value: edit.value };
}

function resolveRename(root: unknown, { path, key }: RenameEdit): Change {
  const [exists] = walk(root, path);
  if (exists < path.length || typeof path.at(-1) !== 'string')
    throw new EditRefusal(`There is no property ${pathText(path)} to rename.`);
  const target = [...path.slice(0, -1), key];
  if (walk(root, target)[0] === target.length)
    throw new EditRefusal(`There is already a ${pathText(target)}.`);
  return { kind: 'rename', path, key };
}

function resolveDelete(root: unknown, edit: DeleteEdit): Change {
  if (edit.path.length === 0) throw new EditRefusal('A file as a whole is not deleted by a property edit.');
  const [exists] = walk(root, edit.path);
  if (exists < edit.path.length) throw new EditRefusal(`There is no ${pathText(edit.path)}.`);
  return { kind: 'remove', path: edit.path };
}

/** The change that makes the path, which does not exist yet, and the mappings on the way to it. */
function insertion(root: unknown, path: PropertyPath, value: JsonValue, after: string | undefined): Change {
  const [exists, parent] = walk(root, path);
  const [key, ...rest] = path.slice(exists);
  const at = path.slice(0, exists);
  if (typeof key !== 'string' || rest.some((part) => typeof part === 'number')) {
    const place = path.slice(
      0,
      path.findIndex((part, index) => index >= exists && typeof part === 'number') + 1,
    );
    throw new EditRefusal(`There is no ${pathText(place)}, and a set adds no list items.`);
  }
  const inner = rest.reduceRight((nested: JsonValue, part) => ({ [part]: nested }), value);
  if (parent === null || parent === undefined) return { kind: 'replace', path: at, value: { [key]: inner } };
  if (!isMapping(parent)) throw new EditRefusal(`${pathText(at)} is not a mapping.`);
  return { kind: 'insert', path: at, key, value: inner, after: rest.length === 0 ? after : undefined };
}

/** Whether the value is already what the change wants. */
export function changesNothing(root: unknown, change: Change): boolean {
  return change.kind === 'replace' && isDeepStrictEqual(walk(root, change.path)[1], change.value);
}

/** How many parts of the path exist, and the value there. */
function walk(root: unknown, path: PropertyPath): readonly [exists: number, found: unknown] {
  let found = root;
  for (const [index, part] of path.entries()) {
    const has =
      typeof part === 'number'
        ? Array.isArray(found) && part >= 0 && part < found.length
        : isMapping(found) && Object.hasOwn(found, part);
    if (!has) return [index, found];
    found = (found as { readonly [key: string | number]: unknown })[part];
  }
  return [path.length, found];
}

/** Whether the value is a mapping as parsers give it: not a list, not a date, not bytes. */
export function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
