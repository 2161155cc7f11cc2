import type { Code } from '../code/code.ts';
import { printCode } from '../code/print-code.ts';
import { type DefinitionSource, nodesOf } from './definition-source.ts';

/** How a file is written. */
export interface CodeStyle {
  /** Of one level: two spaces, four, a tab. */
  readonly indent: string;
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
  readonly endOfLine: '\n' | '\r\n';
}

/** What most of a file does. */
export function styleOf({ text, file }: DefinitionSource): CodeStyle {
  const indents = [...text.matchAll(/^([ \t]+)\S/gm)].map(([, space = '']) => space);
  const tabs = indents.filter((space) => space.startsWith('\t')).length;
  const steps = indents.filter((space) => /^ {2,}$/.test(space)).map(({ length }) => length);
  const isFour = steps.length > 0 && steps.filter((step) => step % 4 === 0).length > steps.length * 0.9;
  let doubles = 0;
  for (const node of nodesOf(file.program))
    if (node.type === 'StringLiteral') doubles += text[node.start ?? 0] === '"' ? 1 : -1;
  return {
    indent: tabs > indents.length / 2 ? '\t' : isFour ? '    ' : '  ',
    quote: doubles > 0 ? '"' : "'",
    semicolons: file.program.body.every(({ end }) => end == null || /[;}]/.test(text[end - 1] ?? ';')),
    endOfLine: /\r\n/.test(text) ? '\r\n' : '\n',
  };
}

/** Prints new code for a place in a file: `column` characters stand before it on its line, `after` behind it. */
export function printAt(
  code: Code,
  source: DefinitionSource,
  style: CodeStyle,
  offset: number,
  { column, level, after = 1 }: { column?: number; level?: number; after?: number } = {},
): string {
  const start = source.text.lastIndexOf('\n', offset - 1) + 1;
  const depth = level ?? levelAt(source, style, offset);
  const printed = printCode(withQuotes(code, style.quote), {
    column: column ?? offset - start,
    indent: depth * 2,
    after,
  });
  return reindent(printed, style);
}

/** How many levels the line of an offset is indented. */
export function levelAt({ text }: DefinitionSource, { indent }: CodeStyle, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [space = ''] = /^[ \t]*/.exec(text.slice(start)) ?? [];
  return indent === '\t' ? space.length : Math.floor(space.length / indent.length);
}

/** Lines that were printed with two spaces a level, as the file has them. */
export function reindent(printed: string, { indent, endOfLine }: CodeStyle): string {
  return printed.replace(/\n( *)/g, (_, space: string) => endOfLine + indent.repeat(space.length / 2));
}

/** Strings in the quotes of the file, unless they would need escapes for it. */
export function withQuotes(code: Code, quote: CodeStyle['quote']): Code {
  switch (code.kind) {
    case 'text':
      return code.isString ? { ...code, text: requoted(code.text, quote) } : code;
    case 'list':
      return { ...code, items: code.items.map((item) => withQuotes(item, quote)) };
    case 'object':
      return {
        ...code,
        entries: code.entries.map(([key, value]) => [key, withQuotes(value, quote)] as const),
      };
    case 'call':
      return { ...code, args: code.args.map((arg) => withQuotes(arg, quote)) };
    case 'chain':
      return {
        ...code,
        head: withQuotes(code.head, quote),
        calls: code.calls.map(({ name, args }) => ({
          name,
          args: args.map((arg) => withQuotes(arg, quote)),
        })),
      };
    default:
      return code satisfies never;
  }
}

function requoted(literal: string, quote: CodeStyle['quote']): string {
  const inner = literal.slice(1, -1);
  return literal.startsWith(quote) || /['"]/.test(inner) ? literal : quote + inner + quote;
}
