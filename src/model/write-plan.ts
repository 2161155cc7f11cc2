import type { Edit } from './edit.ts';

/** What a command would do to the files of a workspace. A value: printing it or applying it is the caller's choice. */
export interface WritePlan {
  readonly files: readonly PlannedFile[];
  /** Edits that could not be made without touching what they do not name. */
  readonly refused: readonly RefusedEdit[];
}

/** One file as it was read and as it shall be. Equal texts mean that nothing is to do. */
export interface PlannedFile {
  /** Path below the workspace root, with `/`. */
  readonly path: string;
  /** The text that was read; undefined when there was no such file. */
  readonly before: string | undefined;
  /** The text to write; undefined when the file shall be gone. */
  readonly after: string | undefined;
  /** Why, one sentence each. */
  readonly reasons: readonly string[];
}

/** An edit that was not made, and the sentence that says why. */
export interface RefusedEdit {
  readonly edit: Edit;
  readonly reason: string;
}
