import type { Change } from './resolve-edit.ts';
import type { Splice } from './splice.ts';

/** A text that can be edited: its value, and the splices that bring a change of the value about. */
export interface EditableText {
  readonly value: unknown;
  /** Throws `EditRefusal`. */
  readonly splices: (change: Change) => readonly Splice[];
}

/** Reads a text without byte order mark; throws `EditRefusal` when it does not parse. */
export type EditableTextReader = (text: string) => EditableText;
