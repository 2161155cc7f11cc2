import type { Node } from '@babel/types';
import type { Splice } from '../../edit/splice.ts';
import type { Code } from '../code/code.ts';
import { LINE_WIDTH, printAssigned } from '../code/print-code.ts';
import { levelAt, printAt, reindent, withQuotes } from './code-style.ts';
import { spanOf } from './definition-source.ts';
import type { Editing } from './editing.ts';

/** A list in the text: the items of an array, the properties of an object, between their brackets. */
export interface WrittenList {
  readonly container: Node;
  readonly items: readonly Node[];
}

/** What goes into a list: an item of an array, or with a key a property of an object. */
export interface NewItem {
  readonly key?: string | undefined;
  readonly code: Code;
}

/** Puts items into a list in front of the one at `index`, laid out as the others are. */
export function insertItems(
  { container, items }: WrittenList,
  index: number,
  added: readonly NewItem[],
  editing: Editing,
): readonly Splice[] {
  if (added.length === 0) return [];
  const { source, style } = editing;
  const { text } = source;
  const { start, end } = spanOf(container);
  const [first] = items;
  if (!first) {
    const inline = added.map((item) => print(item, start, 0, editing)).join(', ');
    const isEmpty = text.slice(start + 1, end - 1).trim() === '';
    if (!isEmpty) return [{ start: start + 1, end: start + 1, text: `${inline}, ` }];
    return [{ start, end, text: container.type === 'ObjectExpression' ? `{ ${inline} }` : `[${inline}]` }];
  }
  const isOpen = text.slice(start, spanOf(first).start).includes('\n');
  const before = items[index - 1];
  if (!isOpen) {
    const inline = added.map((item) => print(item, spanOf(first).start, undefined, editing)).join(', ');
    if (isTooLong(text, start, end, inline)) return openUp({ container, items }, index, added, editing);
    if (!before) return [{ start: spanOf(first).start, end: spanOf(first).start, text: `${inline}, ` }];
    return [{ start: spanOf(before).end, end: spanOf(before).end, text: `, ${inline}` }];
  }
  const level = levelAt(source, style, spanOf(first).start);
  const gap = isSpaced({ container, items }, text) ? style.endOfLine : '';
  const lines = added.map((item) => {
    return `${style.endOfLine}${style.indent.repeat(level)}${print(item, start, level, editing)}`;
  });
  if (!before) {
    const at = start + 1;
    return [{ start: at, end: at, text: lines.map((line) => `${line},${gap}`).join('') }];
  }
  const comma = commaBehind(text, spanOf(before).end);
  if (comma === undefined)
    return [
      {
        start: spanOf(before).end,
        end: spanOf(before).end,
        text: lines.map((line) => `,${gap}${line}`).join(''),
      },
    ];
  const at = lineEnd(text, comma);
  return [{ start: at, end: at, text: lines.map((line) => `${gap}${line},`).join('') }];
}

/** Whether a list on one line would leave it. */
function isTooLong(text: string, start: number, end: number, more: string): boolean {
  const lineStart = text.lastIndexOf('\n', start) + 1;
  return !text.slice(start, end).includes('\n') && end - lineStart + more.length + 3 > LINE_WIDTH;
}

/** A list that gets one line for each item. */
function openUp(
  { container, items }: WrittenList,
  index: number,
  added: readonly NewItem[],
  editing: Editing,
): readonly Splice[] {
  const { source, style } = editing;
  const level = levelAt(source, style, spanOf(container).start) + 1;
  const lineBreak = style.endOfLine + style.indent.repeat(level);
  const lastBreak = style.endOfLine + style.indent.repeat(level - 1);
  const { text } = source;
  const close = spanOf(container).end - 1;
  const splices: Splice[] = [];
  // Only what stands between items is replaced, and by the same for whoever adds: they may be edited too.
  for (const [position, item] of items.entries()) {
    const before = items[position - 1];
    const start = before ? (commaBehind(text, spanOf(before).end) ?? 0) : spanOf(container).start + 1;
    splices.push({ start, end: spanOf(item).start, text: lineBreak });
  }
  splices.push({ start: spanOf(items.at(-1) ?? container).end, end: close, text: ',' });
  splices.push({ start: close, end: close + 1, text: lastBreak + text[close] });
  const last = items[index - 1];
  const at =
    index === items.length
      ? close
      : last
        ? (commaBehind(text, spanOf(last).end) ?? 0)
        : spanOf(container).start + 1;
  const news = added.map((item) => `${lineBreak}${print(item, spanOf(container).start, level, editing)},`);
  return [...splices, { start: at, end: at, text: news.join('') }];
}

/** Takes an item out of a list, with its comma and the comments that stand directly above it or behind it. */
export function removeItem({ container, items }: WrittenList, index: number, { source }: Editing): Splice {
  const { text } = source;
  const item = items[index] ?? container;
  const { start, end } = spanOf(item);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const isOnOwnLine = text.slice(lineStart, start).trim() === '' && lineStart > spanOf(container).start;
  const comma = commaBehind(text, end);
  if (!isOnOwnLine) {
    const next = items[index + 1];
    if (next) return { start, end: spanOf(next).start, text: '' };
    const before = items[index - 1];
    if (before) return { start: spanOf(before).end, end: comma ?? end, text: '' };
    const inside = { start: spanOf(container).start + 1, end: spanOf(container).end - 1 };
    const isAlone = /^\s*$/.test(text.slice(inside.start, start) + text.slice(comma ?? end, inside.end));
    return { ...(isAlone ? inside : { start, end: comma ?? end }), text: '' };
  }
  const from = withCommentsAbove(text, lineStart, spanOf(container).start);
  let to = Math.min(lineEnd(text, comma ?? end) + 1, spanOf(container).end - 1);
  if (text[to - 1] === '\r') to++;
  // Of the empty lines above and below, one stays.
  const isFirst = index === 0;
  const blankBelow = /^[ \t]*\r?\n/.exec(text.slice(to));
  const isBlankAbove = /\n[ \t]*\r?\n$/.test(text.slice(0, from));
  if (blankBelow && (isFirst || isBlankAbove)) to += blankBelow[0].length;
  else if (isBlankAbove && index === items.length - 1)
    return { start: text.slice(0, from).replace(/[ \t]*\r?\n$/, '').length, end: to, text: '' };
  return { start: from, end: to, text: '' };
}

function print({ key, code }: NewItem, offset: number, level: number | undefined, editing: Editing): string {
  const { source, style } = editing;
  if (key === undefined)
    return printAt(code, source, style, offset, level === undefined ? {} : { level, column: level * 2 });
  const depth = level ?? levelAt(source, style, offset);
  const place = { column: depth * 2 + key.length + 1, indent: depth * 2, after: 1 };
  return `${key}:${reindent(printAssigned(withQuotes(code, style.quote), place), style)}`;
}

/** Whether an empty line stands between any two items. */
function isSpaced({ items }: WrittenList, text: string): boolean {
  return (
    items.length > 1 &&
    items.slice(1).every((item, index) => {
      const before = items[index];
      return before !== undefined && /\n[ \t]*\r?\n/.test(text.slice(spanOf(before).end, spanOf(item).start));
    })
  );
}

/** Offset behind the comma that follows; undefined when another thing does. */
function commaBehind(text: string, offset: number): number | undefined {
  const found = /^(?:\s|\/\*(?:(?!\*\/)[\s\S])*\*\/|\/\/[^\n]*)*,/.exec(text.slice(offset));
  return found ? offset + found[0].length : undefined;
}

/** Where the line ends, when only a comment stands in the rest of it; otherwise where we are. */
function lineEnd(text: string, offset: number): number {
  const rest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)?[ \t]*(?=\r?\n)/.exec(text.slice(offset));
  return rest ? offset + rest[0].length : offset;
}

/** The start of the comments that stand on the lines directly above. */
function withCommentsAbove(text: string, lineStart: number, limit: number): number {
  const above = text.slice(limit, lineStart);
  const found = /(?:^[ \t]*(?:\/\/[^\n]*|\/\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\r?)\n)+(?![\s\S])/m.exec(above);
  return found ? limit + found.index : lineStart;
}
