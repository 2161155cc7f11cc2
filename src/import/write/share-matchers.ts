import { childrenOf, type Matcher, type PromqlNode } from '../../query/promql-node.ts';
import { readPromql } from '../../query/read-promql.ts';
import { type Code, literal, template, text } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import type { Definition } from './datasource-names.ts';
import { nameFrom } from './panel-key.ts';
import { withQueryTexts } from './query-arguments.ts';
import { changed, type Shared } from './shared.ts';

/** From this many selectors on, and this length, a list of matchers is worth a name. */
const FEW = 3;
const LONG = 20;

/** Gives a name to lists of matchers that come up again and again in queries that are text: `cluster="$cluster", job="$job"`. */
export function shareMatchers(shared: Shared, names: Names): Shared {
  const counts = new Map<string, number>();
  const queries = new Map<string, readonly Matchers[]>();
  changed(shared, (code) =>
    withQueryTexts(code, (argument) => {
      const expr = textOf(argument);
      if (expr === undefined) return argument;
      const lists = queries.get(expr) ?? matcherLists(expr);
      queries.set(expr, lists);
      for (const { list } of lists) counts.set(list, (counts.get(list) ?? 0) + 1);
      return argument;
    }),
  );
  const repeated = [...counts]
    .filter(([list, count]) => count >= FEW && list.length >= LONG)
    .map(([list]) => list);
  const values = new Map<string, Definition>();
  const nameOf = (list: string): string => {
    const known = values.get(list) ?? { name: names.define(listName(list)), code: literal(list) };
    values.set(list, known);
    return known.name;
  };
  const made = changed(shared, (code) =>
    withQueryTexts(code, (argument) => {
      const expr = textOf(argument);
      const parts = expr === undefined ? [] : split(expr, queries.get(expr) ?? [], repeated, nameOf);
      return parts.length > 1 ? template(parts) : argument;
    }),
  );
  return { ...made, values: [...values.values(), ...made.values] };
}

interface Matchers {
  /** As it is written. */
  readonly list: string;
  readonly start: number;
  readonly matchers: readonly Matcher[];
}

/** The string of a literal. */
function textOf(code: Code): string | undefined {
  return code.kind === 'text' ? code.value : undefined;
}

function matcherLists(expr: string): readonly Matchers[] {
  const node = readPromql(expr);
  return node ? selectorsOf(node).flatMap((matchers) => listOf(expr, matchers)) : [];
}

function selectorsOf(node: PromqlNode): (readonly Matcher[])[] {
  return node.kind === 'selector' ? [node.matchers] : childrenOf(node).flatMap(selectorsOf);
}

function listOf(expr: string, matchers: readonly Matcher[]): Matchers[] {
  const [first, last] = [matchers[0], matchers.at(-1)];
  if (!first || !last || matchers.length < 2) return [];
  const list = expr.slice(first.span.start, last.span.end);
  const isAsWritten = expr[first.span.start - 1] === '{';
  return isAsWritten ? [{ list, start: first.span.start, matchers }] : [];
}

/** The text between names of repeated lists, and the names. */
function split(
  expr: string,
  lists: readonly Matchers[],
  repeated: readonly string[],
  nameOf: (list: string) => string,
): readonly (string | Code)[] {
  const parts: (string | Code)[] = [];
  let end = 0;
  for (const { list, start } of lists.toSorted((a, b) => a.start - b.start)) {
    const found = longest(repeated.filter((one) => list === one || list.startsWith(`${one},`)));
    if (found === undefined) continue;
    parts.push(expr.slice(end, start), text(nameOf(found)));
    end = start + found.length;
  }
  return parts.length === 0 ? [] : [...parts, expr.slice(end)];
}

function longest(lists: readonly string[]): string | undefined {
  return lists.toSorted((a, b) => b.length - a.length)[0];
}

/** `instance="$node",job="$job"` is `instanceAndJob`, `phase="Running",job="$job"` is `phaseRunningAndJob`. */
function listName(list: string): string {
  const matchers = matcherLists(`x{${list}}`)[0]?.matchers ?? [];
  if (matchers.length > 3) return 'selected';
  const words = matchers.map(({ label = '', op, value = '' }) =>
    op === '=' && /^[A-Za-z]\w{0,15}$/.test(value) ? `${label} ${value}` : label,
  );
  return nameFrom(words.join(' and ')) || 'selected';
}
