import { isMap, isScalar, isSeq, type ParsedNode, Scalar, visit } from 'yaml';
import { columnOf, lineStart } from './text-lines.ts';
import { entriesOf, type ParsedCollection } from './yaml-layout.ts';
import type { YamlStyle } from './yaml-render.ts';
import type { QuoteStyle } from './yaml-scalar.ts';

/** The style for what is added to a collection: as its own entries have it, else as the file has it, else the usual. */
export function styleFor(
  collection: ParsedCollection | undefined,
  root: ParsedNode | null,
  text: string,
): YamlStyle {
  const near = collection === undefined ? {} : widthsIn(collection, text);
  const far = root === null ? NO_STYLE : fileStyle(root, text);
  const mapStep = near.mapStep ?? far.mapStep ?? 2;
  return {
    mapStep,
    listStep: near.listStep ?? far.listStep ?? mapStep,
    dashWidth: near.dashWidth ?? far.dashWidth ?? 2,
    padded: isPadded(collection, text),
    ...quotesIn(collection),
    fallbackQuotes: far.quotes ?? 'double',
  };
}

type Widths = Partial<Pick<YamlStyle, 'mapStep' | 'listStep' | 'dashWidth'>>;

interface FileStyle extends Widths {
  readonly quotes?: 'single' | 'double' | undefined;
}

const NO_STYLE: FileStyle = {};

/** The file is searched once, not once for each edit. Nodes belong to one text and do not change. */
const KNOWN_STYLES = new WeakMap<ParsedNode, FileStyle>();

function fileStyle(root: ParsedNode, text: string): FileStyle {
  const style = KNOWN_STYLES.get(root) ?? { ...widthsIn(root, text), quotes: firstQuotes(root) };
  KNOWN_STYLES.set(root, style);
  return style;
}

/** The first width of each kind in or below the node. */
function widthsIn(node: ParsedNode, text: string): Widths {
  const widths: { mapStep?: number; listStep?: number; dashWidth?: number } = {};
  visit(node, {
    Collection: (_, found) => {
      if (found.flow === true) return visit.SKIP;
      const isList = isSeq(found);
      for (const { start, value } of entriesOf(found as ParsedCollection, text)) {
        const inner = value === undefined ? undefined : innerStart(value, text);
        if (value === undefined || inner === undefined) continue;
        const step = columnOf(inner, text) - columnOf(start, text);
        const isOnSameLine = lineStart(inner, text) === lineStart(start, text);
        if (isList !== isOnSameLine) continue;
        if (isList) widths.dashWidth ??= step;
        else if (isSeq(value)) widths.listStep ??= step;
        else if (isMap(value)) widths.mapStep ??= step;
      }
      const { mapStep, listStep, dashWidth } = widths;
      return mapStep === undefined || listStep === undefined || dashWidth === undefined
        ? undefined
        : visit.BREAK;
    },
  });
  return widths;
}

/** Where a block collection, or anything in a list, begins. */
function innerStart(value: ParsedNode, text: string): number | undefined {
  if (!isMap(value) && !isSeq(value)) return value.range[0];
  if (value.flow === true) return value.range[0];
  return entriesOf(value as ParsedCollection, text)[0]?.start;
}

/** Quotes that all siblings have are the custom here; one plain sibling makes plain the custom. */
function quotesIn(collection: ParsedCollection | undefined): Pick<YamlStyle, 'keyQuotes' | 'valueQuotes'> {
  if (isMap(collection)) {
    const pairs = collection.items;
    return {
      keyQuotes: commonQuotes(pairs.map(({ key }) => key)),
      valueQuotes: commonQuotes(pairs.map(({ value }) => value)),
    };
  }
  const items: readonly unknown[] = collection?.items ?? [];
  const last = items.at(-1);
  if (isMap(last)) return quotesIn(last as ParsedCollection);
  return { keyQuotes: 'plain', valueQuotes: commonQuotes(items) };
}

function commonQuotes(nodes: readonly unknown[]): QuoteStyle {
  const styles = new Set(
    nodes.filter((node) => isScalar(node) && typeof node.value === 'string').map(quotesOf),
  );
  const [only] = styles;
  return styles.size === 1 && only !== undefined ? only : 'plain';
}

/** How a scalar is quoted; plain for all that is not in quotes. */
export function quotesOf(node: unknown): QuoteStyle {
  if (!isScalar(node)) return 'plain';
  if (node.type === Scalar.QUOTE_DOUBLE) return 'double';
  return node.type === Scalar.QUOTE_SINGLE ? 'single' : 'plain';
}

function firstQuotes(root: ParsedNode): 'single' | 'double' | undefined {
  let found: 'single' | 'double' | undefined;
  visit(root, {
    Scalar: (_, node) => {
      const quotes = quotesOf(node);
      if (quotes === 'plain') return undefined;
      found = quotes;
      return visit.BREAK;
    },
  });
  return found;
}

function isPadded(collection: ParsedCollection | undefined, text: string): boolean {
  return collection?.flow === true && text.charAt(collection.range[0] + 1) === ' ';
}
