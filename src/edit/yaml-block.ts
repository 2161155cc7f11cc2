import { isMap, isSeq, Scalar } from 'yaml';
import type { JsonValue } from '../model/edit.ts';
import { EditRefusal } from './edit-refusal.ts';
import type { Change } from './resolve-edit.ts';
import type { Splice } from './splice.ts';
import { columnOf, endOfLine, insertLines, lineStart, nextLine, removeLines } from './text-lines.ts';
import { type Entry, endOfNode, entriesOf, isBlockScalar, type ParsedCollection } from './yaml-layout.ts';
import {
  blockLines,
  entryLines,
  indented,
  inline,
  isInline,
  itemLines,
  type YamlStyle,
} from './yaml-render.ts';
import { quotesOf } from './yaml-style.ts';

/** The text that is edited and the style for what is added. */
export interface Styled {
  readonly text: string;
  readonly style: YamlStyle;
}

/** Adds a key or an item to a block collection, on lines of its own behind the sibling or the last entry. */
export function addToBlock(
  collection: ParsedCollection,
  change: Extract<Change, { kind: 'insert' | 'append' }>,
  { text, style }: Styled,
): readonly Splice[] {
  const entries = entriesOf(collection, text);
  const sibling = entries.find(({ key }) => change.kind === 'insert' && keyText(key) === change.after);
  const last = sibling ?? entries.at(-1);
  if (last === undefined) throw new EditRefusal('A block collection without entries has no place to add to.');
  const lines =
    change.kind === 'insert' ? entryLines(change.key, change.value, style) : itemLines(change.value, style);
  return [insertLines(nextLine(last.end, text), indented(lines, columnOf(last.start, text)), text)];
}

/** Gives an entry of a block collection another value. */
export function replaceInBlock(entry: Entry, value: JsonValue, { text, style }: Styled): readonly Splice[] {
  const old = entry.value;
  const own = {
    ...style,
    valueQuotes: typeof value === 'string' && isText(old) ? quotesOf(old) : style.valueQuotes,
  };
  if (old === undefined) return fillBlock(entry, value, { text, style: own });
  if (isBlockScalar(old)) return rewriteBlockScalar(old, value, { text, style: own });
  const [start] = old.range;
  const isBlock = (isMap(old) || isSeq(old)) && old.flow !== true;
  const first = isBlock ? (entriesOf(old as ParsedCollection, text)[0]?.start ?? start) : start;
  const end = endOfNode(old, text);
  const isOnSameLine = lineStart(first, text) === lineStart(entry.valueAt, text);
  if (isInline(value)) {
    const written = inline(value, own);
    if (!isBlock || isOnSameLine) return [{ start: first, end, text: written }];
    const removed = removeLines(lineStart(first, text), nextLine(end, text), text);
    return [{ start: entry.valueAt, end: entry.valueAt, text: ` ${written}` }, removed];
  }
  const isSameKind = Array.isArray(value) ? isSeq(old) : isMap(old);
  if (isBlock && (isSameKind || entry.key === undefined)) {
    const lines = blockLines(value, own);
    return [{ start: first, end, text: lines.join(endOfLine(text) + ' '.repeat(columnOf(first, text))) }];
  }
  if (isBlock) {
    const removed = removeLines(lineStart(first, text), nextLine(end, text), text);
    const [added] = fillBlock(entry, value, { text, style: own });
    return added === undefined ? [removed] : [added, removed];
  }
  if (!isOnSameLine)
    throw new EditRefusal('The value stands on a line of its own, and a block cannot take its place.');
  const emptied = { start: entry.valueAt, end, text: '' };
  return [emptied, ...fillBlock(entry, value, { text, style: own }, end)];
}

/** Writes a value where none is: behind the colon or dash or, in block style, on the lines below it. */
function fillBlock(
  entry: Entry,
  value: JsonValue,
  { text, style }: Styled,
  end = entry.valueAt,
): readonly Splice[] {
  if (isInline(value))
    return [{ start: entry.valueAt, end: entry.valueAt, text: ` ${inline(value, style)}` }];
  const lines = blockLines(value, style);
  const below = nextLine(end, text);
  const column = columnOf(entry.start, text);
  if (entry.key !== undefined) {
    const step = Array.isArray(value) ? style.listStep : style.mapStep;
    return [insertLines(below, indented(lines, column + step), text)];
  }
  const [first = '', ...rest] = lines;
  const dash = { start: end, end, text: `${' '.repeat(style.dashWidth - 1)}${first}` };
  return rest.length === 0
    ? [dash]
    : [dash, insertLines(below, indented(rest, column + style.dashWidth), text)];
}

/**
 * Gives text under `|` or `>` another value. Lines of text stay lines under `|`, indented as before; all else goes
 * where the `|` or `>` was. The comment behind it stays.
 */
function rewriteBlockScalar(old: Entry['value'] & object, value: JsonValue, { text, style }: Styled) {
  const [start] = old.range;
  const body = nextLine(start, text);
  const end = endOfNode(old, text);
  const written = text.slice(body, end);
  const indentation = /^(?:[ \t]*\r?\n)*( +)\S/.exec(written)?.[1];
  const isLiteral = (old as Scalar).type === Scalar.BLOCK_LITERAL;
  if (isLiteral && indentation !== undefined && typeof value === 'string' && value.includes('\n')) {
    const lines = value.replace(/\n$/, '').split('\n');
    const rewritten = lines.map((line) => (line === '' ? '' : indentation + line)).join(endOfLine(text));
    return [{ start: body, end, text: rewritten }];
  }
  if (!isInline(value))
    throw new EditRefusal('Text under | or > is replaced by text or a number, not by a block.');
  const indicator = /^[|>][-+\d]*/.exec(text.slice(start, body))?.[0] ?? '';
  const header = { start, end: start + indicator.length, text: inline(value, style) };
  return end <= body ? [header] : [header, removeLines(body, nextLine(end, text), text)];
}

/** Takes an entry out of a block collection that has others: its lines and the comment behind it. */
export function removeFromBlock(entry: Entry, entries: readonly Entry[], text: string): readonly Splice[] {
  const start = lineStart(entry.start, text);
  const end = nextLine(entry.end, text);
  const isAlone = text.slice(start, entry.start).trim() === '';
  if (isAlone) return [removeLines(start, end, text)];
  // The first key of a list item shares its line with the dash, which the next line then takes over.
  if (entries[0] !== entry) throw new EditRefusal('The entry shares its line with something else.');
  const rest = /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
  return [{ start: entry.start, end: end + rest, text: '' }];
}

function isText(node: unknown): boolean {
  return node instanceof Scalar && typeof node.value === 'string';
}

function keyText(key: unknown): string | undefined {
  return key instanceof Scalar ? String(key.value) : undefined;
}
