import { Scalar } from 'yaml';
import type { JsonValue } from '../model/edit.ts';
import { EditRefusal } from './edit-refusal.ts';
import type { Change } from './resolve-edit.ts';
import type { Splice } from './splice.ts';
import { endOfLine, lineStart, nextLine } from './text-lines.ts';
import type { Styled } from './yaml-block.ts';
import { type Entry, entriesOf, type ParsedCollection } from './yaml-layout.ts';
import { flowEntry, inline } from './yaml-render.ts';
import { quotesOf } from './yaml-style.ts';

/**
 * Adds a key or an item to a collection in braces or brackets that has entries: on the line of the sibling or the
 * last entry, or on a line of its own when that entry has one.
 */
export function addToFlow(
  collection: ParsedCollection,
  change: Extract<Change, { kind: 'insert' | 'append' }>,
  { text, style }: Styled,
): readonly Splice[] {
  const entries = entriesOf(collection, text);
  const isSibling = ({ key }: Entry) =>
    key instanceof Scalar && change.kind === 'insert' && key.value === change.after;
  const last = entries.find(isSibling) ?? entries.at(-1);
  if (last === undefined) throw new EditRefusal('A collection without entries has no place to add to.');
  const written =
    change.kind === 'insert' ? flowEntry(change.key, change.value, style) : inline(change.value, style);
  const indentation = text.slice(lineStart(last.start, text), last.start);
  if (indentation.trim() !== '') return [{ start: last.end, end: last.end, text: `, ${written}` }];
  const behind = /^[ \t]*(,?)[ \t]*(?:#.*)?\r?\n/.exec(text.slice(last.end, nextLine(last.end, text)));
  if (behind === null) return [{ start: last.end, end: last.end, text: `, ${written}` }];
  const below = nextLine(last.end, text);
  const line = { start: below, end: below, text: `${indentation}${written}${behind[1]}${endOfLine(text)}` };
  return behind[1] === ',' ? [line] : [{ start: last.end, end: last.end, text: ',' }, line];
}

/** Gives an entry of a flow collection another value, on one line. */
export function replaceInFlow(entry: Entry, value: JsonValue, { style }: Styled): readonly Splice[] {
  const old = entry.value;
  const isText = typeof value === 'string' && old instanceof Scalar && typeof old.value === 'string';
  const written = inline(value, isText ? { ...style, valueQuotes: quotesOf(old) } : style);
  if (old !== undefined) return [{ start: old.range[0], end: old.range[1], text: written }];
  // {a} has a key without colon, {a: } one with.
  const hasColon = entry.key !== undefined && entry.valueAt > entry.key.range[1];
  return [{ start: entry.valueAt, end: entry.valueAt, text: hasColon ? ` ${written}` : `: ${written}` }];
}

/** Takes an entry out of a flow collection that has others, with its line when it has one of its own. */
export function removeFromFlow(entry: Entry, entries: readonly Entry[], text: string): readonly Splice[] {
  const start = lineStart(entry.start, text);
  const end = nextLine(entry.end, text);
  const isAlone =
    text.slice(start, entry.start).trim() === '' &&
    /^[ \t]*,?[ \t]*(?:#.*)?\r?\n$/.test(text.slice(entry.end, end));
  if (isAlone) return [{ start, end, text: '' }];
  const index = entries.indexOf(entry);
  const [previous, next] = [entries[index - 1], entries[index + 1]];
  const span = next === undefined ? [previous?.end ?? entry.start, entry.end] : [entry.start, next.start];
  const [from = entry.start, to = entry.end] = span;
  const between = text.slice(from, entry.start) + text.slice(entry.end, to);
  if (between.includes('#')) throw new EditRefusal('A comment stands between the entry and its neighbour.');
  return [{ start: from, end: to, text: '' }];
}
