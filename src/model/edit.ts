import type { PropertyPath } from './source-file.ts';

/**
 * One change of one value in a YAML or JSON file, said by meaning. `edit/` turns it into new text in which every
 * byte that the edit does not name stays as it was.
 */
export type Edit = SetEdit | RenameEdit | DeleteEdit | AppendEdit | TextEdit;

/** Give the property at `path` this value; a key that is missing is added at the end of its mapping. */
export interface SetEdit {
  readonly kind: 'set';
  /** Path of the file below the workspace root, with `/`. */
  readonly file: string;
  readonly path: PropertyPath;
  readonly value: JsonValue;
  /** In YAML, put a new key right after this sibling key instead of at the end. */
  readonly after?: string;
}

/** Give the property at `path` another key; its value, its place and the comments around it stay. */
export interface RenameEdit {
  readonly kind: 'rename';
  readonly file: string;
  readonly path: PropertyPath;
  readonly key: string;
}

/** Remove the property or list item at `path`. */
export interface DeleteEdit {
  readonly kind: 'delete';
  readonly file: string;
  readonly path: PropertyPath;
}

/** Add an item at the end of the list at `path`; a list that is missing is made. */
export interface AppendEdit {
  readonly kind: 'append';
  readonly file: string;
  readonly path: PropertyPath;
  readonly value: JsonValue;
}

/** Change a file as a whole: its text (a byte order mark taken off, a wrapper opened), its name, or that it exists. */
export interface TextEdit {
  readonly kind: 'text';
  readonly file: string;
  /** The new text, or undefined when only the name changes. */
  readonly text?: string;
  /** The new path below the workspace root. */
  readonly renameTo?: string;
}

/** What JSON and the JSON-like part of YAML can say. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };
