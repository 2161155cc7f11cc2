import type { Splice } from '../../edit/splice.ts';
import { type Code, call } from '../code/code.ts';
import { LINE_WIDTH } from '../code/print-code.ts';
import type { ChainLink, WrittenChain } from './chain.ts';
import { levelAt, printAt } from './code-style.ts';
import { spanOf } from './definition-source.ts';
import { type Editing, isLiteral, type Way } from './editing.ts';

/** A call more in a chain, where a reader looks for it: what a panel is first, its exceptions and queries last. */
export function insertCall(
  chain: WrittenChain,
  name: string,
  argument: { readonly code: Code } | undefined,
  editing: Editing,
): Way {
  const { source, style } = editing;
  const index = placeFor(chain.links, name);
  const next = chain.links[index];
  const code = call(`.${name}`, ...(argument ? [argument.code] : []));
  const broken = chain.links.map((link) => lineBreakBefore(source.text, link)).find((space) => space !== '');
  if (broken !== undefined) {
    const level = Math.floor(broken.slice(broken.lastIndexOf('\n') + 1).length / style.indent.length);
    const printed = printAt(code, source, style, chain.end, { column: level * 2, level });
    return [inserted(chain, next, printed, broken, source.text)];
  }
  const start = spanOf(chain.head).start;
  const level = levelAt(source, style, start);
  const inline = printAt(code, source, style, chain.end, { level });
  if (!needsLines(chain, inline, editing)) return [inserted(chain, next, inline, '', source.text)];
  const lineBreak = style.endOfLine + style.indent.repeat(level + 1);
  const printed = printAt(code, source, style, chain.end, { column: level * 2 + 2, level: level + 1 });
  const breaks = chain.links.map((link) => ({ start: dotOf(source.text, link), text: lineBreak }));
  return [
    ...breaks.map((one) => ({ ...one, end: one.start })),
    inserted(chain, next, printed, lineBreak, source.text),
  ];
}

const TITLES = new Set(['title', 'type', 'id']);
const LAST = /^(?:with[A-Z]|targets$|transformations$|overrides$|override[A-Z])/;

/** The index of the call in front of which a new one goes. */
function placeFor(links: readonly ChainLink[], name: string): number {
  const behind = (isIt: (link: ChainLink) => boolean) => links.findLastIndex(isIt) + 1;
  if (name === 'description' || TITLES.has(name)) return behind((link) => TITLES.has(link.name));
  const last = links.findIndex((link) => LAST.test(link.name));
  if (!LAST.test(name)) return last < 0 ? links.length : last;
  return behind((link) => link.name === name) || links.length;
}

function inserted(
  chain: WrittenChain,
  next: ChainLink | undefined,
  printed: string,
  lineBreak: string,
  text: string,
): Splice {
  const at = next ? dotOf(text, next) : chain.end;
  return { start: at, end: at, text: next ? printed + lineBreak : lineBreak + printed };
}

function dotOf(text: string, { nameAt, start }: ChainLink): number {
  return Math.max(text.lastIndexOf('.', nameAt), start);
}

/** The line break and the indentation before a call on a line of its own. */
function lineBreakBefore(text: string, link: ChainLink): string {
  return /\r?\n[ \t]*$/.exec(text.slice(link.start, dotOf(text, link)))?.[0] ?? '';
}

/** Whether a chain on one line is broken when one call more comes, as formatters do. */
function needsLines({ links, head, end }: WrittenChain, more: string, { source, broken }: Editing): boolean {
  if (more.includes('\n') || broken === head) return true;
  const lineStart = source.text.lastIndexOf('\n', spanOf(head).start) + 1;
  const isComplex = links.some(({ args }) => args.some((one) => !isLiteral(source, one)));
  return end - lineStart + more.length > LINE_WIDTH || (links.length > 1 && isComplex);
}
