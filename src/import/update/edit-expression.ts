import type { Node } from '@babel/types';
import { markParts } from '../../diff/mark-parts.ts';
import { readPromql } from '../../query/read-promql.ts';
import { type Code, literal } from '../code/code.ts';
import type { DashboardWriting } from '../write/dashboard-writing.ts';
import { rawPromql } from '../write/write-query.ts';
import { chainOf } from './chain.ts';
import { type DefinitionSource, follow, nodesOf, spanOf } from './definition-source.ts';
import { type Editing, isLiteral, replace, type Way, type Wish } from './editing.ts';

/**
 * The text of a query: what changed in it changes where it stands, a window or a number for example; otherwise the
 * expression is written anew, when nothing but this query says it.
 */
export function editExpression(
  node: Node,
  before: string,
  after: string,
  type: string | undefined,
  editing: Editing,
): Wish {
  const { source, writing } = editing;
  const found = follow(source, node);
  const small = smallWays(found, before, after, editing);
  const isOwn = found === node || isLiteral(source, found) || referencesOf(source, node) === 1;
  if (!isOwn || !isWritable(source, found)) return small;
  const codes = type === 'prometheus' ? promqlCodes(after, writing) : [literal(after)];
  return [...small, ...codes.map((code) => [replace(editing, found, code)])];
}

/** All that can say it, for what is best may not go with the legend, or with what is around it. */
function promqlCodes(expr: string, writing: DashboardWriting): readonly Code[] {
  const typed = writing.promql(expr);
  return [...(typed ? [typed] : []), ...(readPromql(expr) ? [rawPromql(expr, writing)] : []), literal(expr)];
}

/** Literals that say exactly the part that changed: each by itself, and all of them when it stands in several places. */
function smallWays(node: Node, before: string, after: string, editing: Editing): readonly Way[] {
  const { source } = editing;
  if (isLiteral(source, node)) return [];
  const changed = markParts(before, after).filter(({ kind }) => kind !== 'same');
  const removed = changed.flatMap(({ kind, text }) => (kind === 'removed' ? [text] : []));
  const added = changed.flatMap(({ kind, text }) => (kind === 'added' ? [text] : []));
  const [was = '', is = ''] = [removed[0], added[0]];
  const isOne = removed.every((text) => text === was) && added.every((text) => text === is);
  if (!isOne || removed.length !== added.length || is === '') return [];
  const isNumber = /^\d+(?:\.\d+)?$/.test(is);
  const splices = [...literalsBehind(source, node)].flatMap((one): Way => {
    if (one.type === 'StringLiteral' && one.value === was) return [replace(editing, one, literal(is))];
    const { start, end } = spanOf(one);
    const isSame = one.type === 'NumericLiteral' && String(one.value) === was && isNumber;
    return isSame ? [{ start, end, text: is }] : [];
  });
  return [...splices.map((splice) => [splice]), ...(splices.length > 1 ? [splices] : [])];
}

/** The nodes of an expression and of the constants that it uses. */
function* literalsBehind(source: DefinitionSource, node: Node, seen = new Set<Node>()): Generator<Node> {
  if (seen.has(node)) return;
  seen.add(node);
  for (const inner of nodesOf(node)) {
    yield inner;
    const constant = inner.type === 'Identifier' ? source.constants.get(inner.name) : undefined;
    if (constant) yield* literalsBehind(source, constant, seen);
  }
}

/** How often the constant that a name leads to is spoken of, its own declaration left out. */
function referencesOf({ file }: DefinitionSource, node: Node): number {
  if (node.type !== 'Identifier') return 1;
  let count = -1;
  for (const inner of nodesOf(file.program))
    if (inner.type === 'Identifier' && inner.name === node.name) count++;
  return count;
}

/** Not what a function or a file of the repository makes: there is a reason why it is shared. */
function isWritable(source: DefinitionSource, node: Node): boolean {
  if (isLiteral(source, node)) return true;
  let { head } = chainOf(node);
  if (head.type === 'CallExpression')
    return head.callee.type === 'Identifier' && source.imports.get(head.callee.name)?.module === 'panelproof';
  // `promql.raw('…')`, and series of a catalogue.
  while (head.type === 'MemberExpression') head = head.object;
  return head.type === 'Identifier' && source.imports.get(head.name)?.module.startsWith('.') !== true;
}
