import {
  type CST,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { EditRefusal } from './edit-refusal.ts';

/** A collection as the parser gives it: every node in it has its range, every item its tokens. */
export type ParsedMap = YAMLMap.Parsed;
export type ParsedSeq = YAMLSeq.Parsed;
export type ParsedCollection = ParsedMap | ParsedSeq;
export type ParsedPair = ParsedMap['items'][number];

/** One key with its value, or one list item, and where it stands in the text. */
export interface Entry {
  /** Where it begins: at its anchor, its key, in a block list its dash. */
  readonly start: number;
  /** Behind its last character that counts: comments and blank lines after it do not. */
  readonly end: number;
  /** Behind the colon or dash and the anchor or tag that follow it: where a value goes that is missing. */
  readonly valueAt: number;
  /** The value; undefined when nothing is written there, which means null. */
  readonly value: ParsedNode | undefined;
  readonly key: ParsedNode | undefined;
}

/** The entries of a collection with their places. Throws `EditRefusal` for `? key` notation. */
export function entriesOf(collection: ParsedCollection, text: string): readonly Entry[] {
  const known = KNOWN_ENTRIES.get(collection);
  if (known !== undefined) return known;
  const entries = findEntries(collection, text);
  KNOWN_ENTRIES.set(collection, entries);
  return entries;
}

/** A long list is asked once for each edit in it. Nodes belong to one text and do not change. */
const KNOWN_ENTRIES = new WeakMap<ParsedCollection, readonly Entry[]>();

function findEntries(collection: ParsedCollection, text: string): readonly Entry[] {
  if (isMap(collection)) return (collection as ParsedMap).items.map((pair) => pairEntry(pair, text));
  const tokens = itemTokens(collection as ParsedSeq);
  return (collection as ParsedSeq).items.map((item, index) => itemEntry(item, tokens[index], text));
}

/** The end of a node: behind its last character that counts. */
export function endOfNode(node: ParsedNode, text: string): number {
  if (isCollection(node) && node.flow !== true) {
    const last = entriesOf(node as ParsedCollection, text).at(-1);
    if (last !== undefined) return last.end;
  }
  if (!isBlockScalar(node)) return node.range[1];
  const written = text.slice(node.range[0], node.range[1]);
  const keepsBlankLines = /^[|>]\d?\+/.test(written);
  return node.range[0] + (keepsBlankLines ? written.replace(/\r?\n$/, '') : written.trimEnd()).length;
}

/** Whether the node is text under a `|` or `>`. */
export function isBlockScalar(node: ParsedNode): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}

function pairEntry(pair: ParsedPair, text: string): Entry {
  const token = pair.srcToken;
  const before = token?.start ?? [];
  if (before.some(({ type }) => type === 'explicit-key-ind')) {
    throw new EditRefusal('A mapping there is written with `? key`, which is left alone.');
  }
  const first = before.find(isProperty);
  const key = pair.key as ParsedNode;
  const value = present(pair.value);
  const valueAt = endOfTokens(token?.sep, ['map-value-ind', ...PROPERTIES]) ?? key.range[1];
  const start = first?.offset ?? key.range[0];
  return { start, end: value === undefined ? valueAt : endOfNode(value, text), valueAt, value, key };
}

function itemEntry(item: unknown, token: CST.CollectionItem | undefined, text: string): Entry {
  // In [a: 1] the item is a pair that no brace holds.
  if (isPair(item) || token?.sep !== undefined)
    throw new EditRefusal('A list there holds a bare `key: value`.');
  const value = present(item as ParsedNode | null);
  const valueAt = endOfTokens(token?.start, ['seq-item-ind', ...PROPERTIES]) ?? value?.range[0] ?? 0;
  const first = token?.start.find((part) => part.type === 'seq-item-ind' || isProperty(part));
  const start = first?.offset ?? value?.range[0] ?? valueAt;
  return {
    start,
    end: value === undefined ? valueAt : endOfNode(value, text),
    valueAt,
    value,
    key: undefined,
  };
}

/** The tokens of a list's items; a comment at the end of the list is a token too, and no item. */
function itemTokens(seq: ParsedSeq): readonly CST.CollectionItem[] {
  const token = seq.srcToken as CST.BlockSequence | CST.FlowCollection | undefined;
  return (token?.items ?? []).filter(
    (item) => item.value !== undefined || item.start.some(({ type }) => type === 'seq-item-ind'),
  );
}

const PROPERTIES = ['anchor', 'tag'];

function isProperty(token: CST.SourceToken): boolean {
  return PROPERTIES.includes(token.type);
}

function endOfTokens(
  tokens: readonly CST.SourceToken[] | undefined,
  types: readonly string[],
): number | undefined {
  const last = tokens?.findLast(({ type }) => types.includes(type));
  return last === undefined ? undefined : last.offset + last.source.length;
}

function present(node: ParsedNode | null): ParsedNode | undefined {
  if (node === null || (isScalar(node) && node.range[0] === node.range[1])) return undefined;
  return node;
}
