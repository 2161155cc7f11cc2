import type { ImportDeclaration } from '@babel/types';
import { applySplices, type Splice } from '../../edit/splice.ts';
import { byDistance, naturalKey, printImport } from '../code/names.ts';
import { LINE_WIDTH, printAssigned } from '../code/print-code.ts';
import type { Definition } from '../write/datasource-names.ts';
import { type CodeStyle, reindent, withQuotes } from './code-style.ts';
import { type DefinitionSource, readDefinition, spanOf } from './definition-source.ts';
import type { ModuleNames, NewImport } from './module-names.ts';
import { namesSpoken } from './names-spoken.ts';

/** What new code may speak of. */
export interface NewNames {
  readonly names: ModuleNames;
  /** Constants that code may need, read when the code is there. */
  readonly definitions: () => readonly Definition[];
  readonly style: CodeStyle;
}

/**
 * A definition with replacements made, the imports and constants added that the new code needs, and the imports removed
 * that only the old code needed. Undefined when replacements overlap or what comes out is no TypeScript.
 */
export function assemble(
  source: DefinitionSource,
  splices: readonly Splice[],
  { names, definitions, style }: NewNames,
): string | undefined {
  const text = applySplices(source.text, distinct(splices));
  const edited = text === undefined ? undefined : parsed(source.path, text);
  if (!edited) return undefined;
  const used = new Set(namesSpoken(edited));
  const constants = definitions().filter(({ name }) => used.has(name) && !edited.constants.has(name));
  const printed = constants.map((one) => printConstant(one, style));
  const isUsed = (name: string) =>
    used.has(name) || printed.some((line) => new RegExp(`\\b${name}\\b`).test(line.slice(line.indexOf('='))));
  const added = names.added.filter(({ local }) => isUsed(local));
  const before = namesSpoken(source);
  const idle = new Set(before.filter((name) => source.imports.has(name) && !isUsed(name)));
  return applySplices(edited.text, [
    ...editImports(edited, added, idle, style),
    ...insertConstants(edited, printed, style),
  ]);
}

/** Two wishes may make the very same change. */
function distinct(splices: readonly Splice[]): readonly Splice[] {
  const seen = new Set<string>();
  return splices.filter(({ start, end, text }) => {
    const key = JSON.stringify([start, end, text]);
    // Two insertions of one text at one place are two calls; only replacements, line breaks and commas can be the same.
    if (start === end && text.trim() !== '' && text !== ',') return true;
    return !seen.has(key) && seen.add(key);
  });
}

function parsed(path: string, text: string): DefinitionSource | undefined {
  try {
    return readDefinition(path, text);
  } catch {
    return undefined;
  }
}

function editImports(
  source: DefinitionSource,
  added: readonly NewImport[],
  idle: ReadonlySet<string>,
  style: CodeStyle,
): readonly Splice[] {
  const statements = source.file.program.body.filter((one) => one.type === 'ImportDeclaration');
  const left = new Set(added);
  const changed = statements.flatMap((statement): readonly Splice[] => {
    const own = [...left].filter((one) => isInto(statement, one));
    for (const one of own) left.delete(one);
    const kept = statement.specifiers.filter(({ local }) => !idle.has(local.name));
    if (own.length === 0 && kept.length === statement.specifiers.length) return [];
    if (own.length === 0 && kept.length === 0) return [wholeLine(source.text, statement)];
    return specifierEdits(source.text, statement, kept, own, style);
  });
  return [...changed, ...newStatements(source, statements, [...left], style)];
}

function isInto({ source, specifiers, importKind }: ImportDeclaration, { module, name }: NewImport): boolean {
  const isNamed = specifiers.length > 0 && specifiers.every(({ type }) => type === 'ImportSpecifier');
  return source.value === module && name !== '*' && importKind !== 'type' && isNamed;
}

function wholeLine(text: string, statement: ImportDeclaration): Splice {
  const { start, end } = spanOf(statement);
  const [rest = ''] = /^[ \t]*\r?\n/.exec(text.slice(end)) ?? [];
  return { start, end: end + rest.length, text: '' };
}

function specifierEdits(
  text: string,
  statement: ImportDeclaration,
  kept: ImportDeclaration['specifiers'],
  added: readonly NewImport[],
  style: CodeStyle,
): readonly Splice[] {
  const [first] = statement.specifiers;
  const last = statement.specifiers.at(-1);
  // A default and a whole module stand outside of the braces: they stay, needed or not.
  if (!first || !last || statement.specifiers.some(({ type }) => type !== 'ImportSpecifier')) return [];
  const words = kept.map((one) => ({
    key: one.local.name,
    word: text.slice(spanOf(one).start, spanOf(one).end),
  }));
  for (const { name, local } of added) {
    const word = name === local ? name : `${name} as ${local}`;
    const at = words.findIndex(({ key }) => naturalKey(key) > naturalKey(local));
    words.splice(at < 0 ? words.length : at, 0, { key: local, word });
  }
  const open = text.lastIndexOf('{', spanOf(first).start);
  const close = text.indexOf('}', spanOf(last).end);
  const line = `{ ${words.map(({ word }) => word).join(', ')} }`;
  const around = text.slice(spanOf(statement).start, open).length + spanOf(statement).end - close - 1;
  const wasBroken = text.slice(open, close).includes('\n');
  const isLong = around + line.length > LINE_WIDTH;
  const lines = words.map(({ word }) => `${style.indent}${word},${style.endOfLine}`).join('');
  const isBroken = isLong || (wasBroken && added.length > 0 && kept.length === statement.specifiers.length);
  return [{ start: open, end: close + 1, text: isBroken ? `{${style.endOfLine}${lines}}` : line }];
}

function newStatements(
  source: DefinitionSource,
  statements: readonly ImportDeclaration[],
  added: readonly NewImport[],
  style: CodeStyle,
): readonly Splice[] {
  const modules = new Map<string, Map<string, string>>();
  for (const { module, name, local } of added) {
    const ofModule = modules.get(module) ?? new Map<string, string>();
    modules.set(module, ofModule.set(name, local));
  }
  const last = statements.at(-1);
  return [...modules].sort(byDistance).map((one) => {
    const next = statements.find(({ source: { value } }) => byDistance(one, [value, new Map()]) < 0);
    const line = inStyle(printImport(one), style);
    const at = next ? spanOf(next).start : last ? lineEnd(source.text, spanOf(last).end) : 0;
    return { start: at, end: at, text: line };
  });
}

function inStyle(line: string, { quote, semicolons, indent, endOfLine }: CodeStyle): string {
  const quoted = quote === '"' ? line.replace(/'([^']*)'/g, '"$1"') : line;
  const ended = semicolons ? quoted : quoted.replace(/;(?=\n)/g, '');
  return ended.replace(/^ {2}/gm, indent).replace(/\n/g, endOfLine);
}

function printConstant({ name, code }: Definition, style: CodeStyle): string {
  const start = `const ${name} =`;
  const place = { column: start.length, indent: 0, after: 1 };
  const value = reindent(printAssigned(withQuotes(code, style.quote), place), style);
  return `${start}${value}${style.semicolons ? ';' : ''}${style.endOfLine}`;
}

/** Behind the imports, before all that may use them. */
function insertConstants(
  source: DefinitionSource,
  constants: readonly string[],
  { endOfLine }: CodeStyle,
): readonly Splice[] {
  if (constants.length === 0) return [];
  const last = source.file.program.body.findLast(({ type }) => type === 'ImportDeclaration');
  const at = last ? lineEnd(source.text, spanOf(last).end) : 0;
  return [{ start: at, end: at, text: `${last ? endOfLine : ''}${constants.join('')}` }];
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}
