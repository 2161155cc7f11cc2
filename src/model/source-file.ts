/** Where a value stands in a file: keys of mappings and indexes of lists, from the root. `[]` is the whole file. */
export type PropertyPath = readonly (string | number)[];

/** A place in a file. Line and column are derived from it only when a report is written. */
export interface Location {
  /** Path below the workspace root, with `/`. */
  readonly file: string;
  /** The property it speaks of; absent means the file as a whole. */
  readonly path?: PropertyPath;
  /** Point at the key of the property instead of its value (an unknown key, a misplaced one). */
  readonly key?: boolean;
  /** A span of characters, for what has no property path: syntax errors, TypeScript. Wins over `path`. */
  readonly range?: TextRange;
}

/** Half-open span `[start, end)` of UTF-16 code units in a file's text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The formats whose places are known by property path. */
export type FileFormat = 'json' | 'yaml' | 'text';

/** A file as it was read: its text and, where it parses, the value in it. Never written back: edits change the text. */
export interface SourceFile {
  /** Path below the workspace root, with `/`. */
  readonly path: string;
  readonly format: FileFormat;
  readonly text: string;
  /** The parsed value; undefined when the text does not parse. A loose view: the text is the truth. */
  readonly value: unknown;
  /** Why the text does not parse, as the format's own parser says it. */
  readonly syntaxErrors: readonly SyntaxErrorAt[];
  /** The span of the property's value, or of the nearest enclosing value that exists. */
  readonly rangeOf: (path: PropertyPath, key?: boolean) => TextRange;
}

/** One complaint of a parser. */
export interface SyntaxErrorAt {
  readonly message: string;
  readonly range: TextRange;
}

/**
 * How often a YAML file may put in what an anchor stands for, nested ones multiplied; more is a bomb. People use one
 * anchor in some hundred places.
 */
export const MAX_ALIASES = 1000;
