import type { Node } from '@babel/types';
import { QUERY_DEFAULTS } from '../../diff/filled-in.ts';
import { type Json, objectOf, objectsOf, textOf } from '../../diff/json.ts';
import { type Code, literal } from '../code/code.ts';
import { byMeaning } from '../code/residual.ts';
import { querySdk, writeQuery } from '../write/write-query.ts';
import { builderIn, chainOf, type WrittenChain } from './chain.ts';
import { printAt } from './code-style.ts';
import { follow, spanOf } from './definition-source.ts';
import { editBuilder } from './edit-builder.ts';
import { editExpression } from './edit-expression.ts';
import { editProperty } from './edit-value.ts';
import { type Editing, replace, type Wish } from './editing.ts';
import { insertCall } from './insert-call.ts';

/** Wishes that make the queries of a panel ask something else; queries are the same ones by their refIds. */
export function editQueries(
  chain: WrittenChain,
  before: Json,
  after: Json,
  editing: Editing,
): readonly Wish[] {
  const links = chain.links.filter(({ name }) => name === 'withTarget');
  const [from, to] = [objectsOf(before.targets), objectsOf(after.targets)];
  if (links.length !== from.length) return [];
  const written = from.map((query, index) => ({ query, link: links[index], node: links[index]?.args[0] }));
  const wanted = new Map(to.map((query) => [query.refId, query]));
  const wishes = written.flatMap(({ query, node }): readonly Wish[] => {
    const goal = wanted.get(query.refId);
    return goal && node ? editQuery(node, query, goal, editing) : [];
  });
  const kept = written.filter(({ query }) => wanted.has(query.refId));
  const known = new Set(from.map(({ refId }) => refId));
  const added = to.filter(({ refId }) => !known.has(refId));
  if (kept.length === written.length && added.length === 0) return wishes;
  // A query without a refId of its own gets the next free letter: one that would get another is given its own.
  const explicit = explicitRefIds([
    ...kept.map(({ query, node }) => ({
      refId: query.refId,
      isExplicit: node !== undefined && hasRefId(node),
    })),
    ...added.map(({ refId }) => ({ refId, isExplicit: false })),
  ]);
  const way = [
    ...written
      .filter(({ query }) => !wanted.has(query.refId))
      .flatMap(({ link }) => (link ? [{ start: link.start, end: link.end, text: '' }] : [])),
    ...kept.flatMap(({ node, query }) =>
      node && explicit.has(query.refId)
        ? insertCall(chainOf(node), 'refId', { code: literal(String(query.refId)) }, editing)
        : [],
    ),
    ...added.flatMap((query) => {
      const { refId, ...rest } = query;
      const { code } = writeQuery(explicit.has(refId) ? query : rest, editing.writing);
      return insertCall(chain, 'withTarget', { code }, editing);
    }),
  ];
  return [...wishes, [way]];
}

function hasRefId(node: Node): boolean {
  return chainOf(node).links.some(({ name }) => name === 'refId');
}

/** Which queries have to say their refId for each to have the one it is to have. */
function explicitRefIds(
  queries: readonly { readonly refId: unknown; readonly isExplicit: boolean }[],
): ReadonlySet<unknown> {
  const said = new Set<unknown>();
  for (;;) {
    const taken = new Set(
      queries.filter(({ refId, isExplicit }) => isExplicit || said.has(refId)).map(({ refId }) => refId),
    );
    let next = 0;
    const wrong = queries.find(({ refId }) => {
      if (taken.has(refId)) return false;
      while (taken.has(letter(next))) next++;
      return letter(next++) !== refId;
    });
    if (!wrong) return said;
    said.add(wrong.refId);
  }
}

function letter(index: number): string {
  return String.fromCharCode(65 + (index % 26)).repeat(1 + Math.floor(index / 26));
}

function editQuery(node: Node, before: Json, after: Json, editing: Editing): readonly Wish[] {
  const type = textOf(objectOf(after.datasource)?.type);
  const key = type === 'tempo' ? 'query' : 'expr';
  const { chain } = builderIn(editing.source, node);
  const [first] = chain.links;
  const isHandle = first?.name === 'query' && chain.head.type !== 'NewExpression';
  const sdk = querySdk(type ?? '');
  const isSameDatasource = byMeaning.same(before.datasource, after.datasource, undefined);
  if (!isSameDatasource || !sdk?.classes.has('DataqueryBuilder')) {
    // Another language is another query. Whoever wrote constants for the old one has them still.
    return byMeaning.same(before, after, undefined)
      ? []
      : [[[replace(editing, node, writeQuery(withoutLetter(node, after), editing.writing).code)]]];
  }
  const wishes: Wish[] = [];
  const without = new Set(['refId', 'datasource']);
  if (isHandle && first) {
    const [expression, options] = first.args;
    if (expression && before[key] !== after[key] && typeof after[key] === 'string')
      wishes.push(editExpression(expression, textOf(before[key]) ?? '', after[key], type, editing));
    without.add(key);
    const isLegendCalled = chain.links.some(({ name }) => name === 'legendFormat');
    if (!isLegendCalled && type !== 'tempo') {
      const legends = [textOf(before.legendFormat), textOf(after.legendFormat)] as const;
      if (legends[0] !== legends[1])
        wishes.push(...editLegend(first.args, legends, editing, options, spanOf(expression ?? node).end));
      without.add('legendFormat');
    }
  }
  const change = {
    package: sdk,
    className: 'DataqueryBuilder',
    before,
    after,
    defaults: QUERY_DEFAULTS,
    without,
  };
  return [...wishes, ...editBuilder(node, change, editing)];
}

function withoutLetter(node: Node, query: Json): Json {
  const { refId: _, ...rest } = query;
  return hasRefId(node) ? query : rest;
}

function editLegend(
  args: readonly Node[],
  legends: readonly [string | undefined, string | undefined],
  editing: Editing,
  options: Node | undefined,
  end: number,
): readonly Wish[] {
  const object = options && follow(editing.source, options);
  if (object?.type === 'ObjectExpression') {
    if (legends[1] === undefined && object.properties.length === 1 && args.length === 2)
      return [[[{ start: end, end: spanOf(object).end, text: '' }]]];
    return editProperty(object, 'legend', { kind: 'string' }, legends, editing);
  }
  if (object || legends[1] === undefined) return [];
  const code: Code = { kind: 'object', entries: [['legend', literal(legends[1])]] };
  const text = `, ${printAt(code, editing.source, editing.style, end, { column: 0 })}`;
  return [[[{ start: end, end, text }]]];
}
