import type { Node } from 'jsonc-parser';
import type { JsonValue } from '../model/edit.ts';
import { endOfLine, lineStart } from './text-lines.ts';

/** A JSON text, its tree of nodes and the style of the file as a whole. */
export interface JsonText extends FileStyle {
  readonly text: string;
  readonly root: Node;
}

interface FileStyle {
  /** One step of indentation; undefined in a file written on one line. */
  readonly step: string | undefined;
  /** From key to value. */
  readonly colon: string;
  readonly endOfLine: string;
}

/** How a value is laid out at its place. */
export interface JsonStyle {
  /** White space before each child. */
  readonly gap: string;
  /** White space before the closing bracket. */
  readonly close: string;
  /** From key to value. */
  readonly colon: string;
  /** One step of indentation; undefined when all goes on one line. */
  readonly step: string | undefined;
  /** What stands inside of the braces of an object on one line. */
  readonly pad: string;
}

/** The style of a file, by the first container that spans lines and by the first property. */
export function fileStyle(text: string, root: Node): FileStyle {
  const step = indentStep(text, root);
  const fallback = step === undefined ? ':' : ': ';
  return { step, colon: colonOf(firstProperty(root), text) ?? fallback, endOfLine: endOfLine(text) };
}

/** The style of children of a container: that of its children now or, when it is empty, that of the file. */
export function styleInside(container: Node, json: JsonText): JsonStyle {
  const { text, step } = json;
  const [previous, last] = container.children?.slice(-2) ?? [];
  const breakLine = `${json.endOfLine}${indentationAt(container.offset, text)}`;
  const pad = padOf(container, text);
  if (previous !== undefined) {
    const child = last ?? previous;
    const colon = colonOf(child, text) ?? json.colon;
    const gap = whiteSpaceBefore(child.offset, text);
    if (gap.includes('\n')) return { gap, close: breakLine, colon, step, pad };
    return { gap: last === undefined ? blankOf(colon) : gap, close: '', colon, step: undefined, pad };
  }
  const { colon } = json;
  const isInline = step === undefined || (container.parent !== undefined && !beginsLine(container, text));
  if (isInline) return { gap: '', close: '', colon, step: undefined, pad };
  return { gap: `${breakLine}${step}`, close: breakLine, colon, step, pad };
}

/** The style of a value that takes this node's place. */
export function styleAround(node: Node, json: JsonText): JsonStyle {
  const breakLine = `${json.endOfLine}${indentationAt(node.offset, json.text)}`;
  const step = node.parent === undefined || beginsLine(node, json.text) ? json.step : undefined;
  const pad = padOf(node.parent?.parent, json.text);
  return { gap: breakLine, close: breakLine, colon: json.colon, step, pad };
}

/** The value as text; its lines after the first are indented as the style's gap says. */
export function render(value: JsonValue, style: JsonStyle): string {
  if (style.step === undefined) return onOneLine(value, style);
  const lineBreak = /\r?\n[ \t]*$/.exec(style.gap)?.[0] ?? '\n';
  // A line break inside of a string is no line break of the text: JSON writes it as \n.
  return JSON.stringify(value, null, style.step).replaceAll('\n', lineBreak);
}

function onOneLine(value: JsonValue, style: JsonStyle): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const { colon, pad } = style;
  const comma = `,${blankOf(colon)}`;
  if (isList(value)) return `[${value.map((item) => onOneLine(item, style)).join(comma)}]`;
  const properties = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}${colon}${onOneLine(inner, style)}`,
  );
  return properties.length === 0 ? '{}' : `{${pad}${properties.join(comma)}${pad}}`;
}

/** `Array.isArray` does not tell a readonly list from a mapping. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function blankOf(colon: string): string {
  return colon.endsWith(' ') ? ' ' : '';
}

/** The blank inside of the braces of an object that stands on one line. */
function padOf(node: Node | undefined, text: string): string {
  return node?.type === 'object' && text.startsWith('{ ', node.offset) ? ' ' : '';
}

/** Whether the node, or the property it is the value of, is the first thing on its line. */
function beginsLine(node: Node, text: string): boolean {
  const start = node.parent?.type === 'property' ? node.parent.offset : node.offset;
  return whiteSpaceBefore(start, text).includes('\n');
}

/** The first indentation of a child beyond its parent's, breadth first. */
function indentStep(text: string, root: Node): string | undefined {
  if (!text.includes('\n')) return undefined;
  for (const node of breadthFirst(root)) {
    const first = node.type === 'object' || node.type === 'array' ? node.children?.[0] : undefined;
    if (first === undefined || !whiteSpaceBefore(first.offset, text).includes('\n')) continue;
    const outer = indentationAt(node.offset, text);
    const inner = indentationAt(first.offset, text);
    if (inner.startsWith(outer)) return inner.slice(outer.length);
  }
  return undefined;
}

function colonOf(node: Node | undefined, text: string): string | undefined {
  const [key, value] = node?.type === 'property' ? (node.children ?? []) : [];
  if (key === undefined || value === undefined) return undefined;
  return text.slice(key.offset + key.length, value.offset);
}

function firstProperty(root: Node): Node | undefined {
  for (const node of breadthFirst(root)) if (node.type === 'property') return node;
  return undefined;
}

function* breadthFirst(root: Node): Generator<Node> {
  const queue: Node[] = [root];
  for (const node of queue) {
    yield node;
    for (const child of node.children ?? []) queue.push(child);
  }
}

function whiteSpaceBefore(offset: number, text: string): string {
  let start = offset;
  while (start > 0 && ' \t\r\n'.includes(text.charAt(start - 1))) start--;
  return text.slice(start, offset);
}

function indentationAt(offset: number, text: string): string {
  return /^[ \t]*/.exec(text.slice(lineStart(offset, text), offset))?.[0] ?? '';
}
