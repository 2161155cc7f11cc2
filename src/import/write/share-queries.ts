import { type ChainCall, type Code, call, chain, text } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import { flat } from '../code/print-code.ts';
import { changed, type Shared, type SharedFunction } from './shared.ts';

type Chain = Extract<Code, { kind: 'chain' }>;

/** From this many queries on a function for them is shorter. */
const FEW = 3;

/** What belongs to one query, however many say it alike. */
const OWN = new Set(['legendFormat', 'refId', 'hide', 'expr']);

/**
 * Queries of a datasource that has no handle, such as one that a variable names, begin alike: a function of the expression
 * begins them, with what at least half of them say.
 */
export function shareQueries(shared: Shared, names: Names): Shared {
  const groups = new Map<string, Chain[]>();
  changed(shared, (code) => {
    if (isQuery(code)) {
      const key = beginning(code);
      groups.set(key, [...(groups.get(key) ?? []), code]);
    }
    return code;
  });
  const large = [...groups.entries()].filter(([, queries]) => queries.length >= FEW);
  const functions = new Map<string, { readonly one: SharedFunction; readonly common: ReadonlySet<string> }>();
  for (const [key, [first, ...more]] of large) {
    if (!first) continue;
    const common = commonCalls([first, ...more]);
    const type = first.head.kind === 'call' ? first.head.callee : '';
    const isInstant = common.some(({ name }) => name === 'instant');
    const datasource = first.calls.filter(({ name }) => name === 'datasource');
    const body = chain(first.head, [...datasource, { name: 'expr', args: [text('expr')] }, ...common]);
    const name = names.define(isInstant ? 'instantQuery' : 'query');
    functions.set(key, { one: { name, parameter: 'expr', type, body }, common: new Set(common.map(keyOf)) });
  }
  const made = changed(shared, (code) => {
    const found = isQuery(code) ? functions.get(beginning(code)) : undefined;
    if (!found || !isQuery(code)) return code;
    const own = new Set(code.calls.map(keyOf));
    if (![...found.common].every((key) => own.has(key))) return code;
    const expr = code.calls.find(({ name }) => name === 'expr')?.args ?? [];
    const rest = code.calls.filter(
      (one) => one.name !== 'expr' && one.name !== 'datasource' && !found.common.has(keyOf(one)),
    );
    return chain(call(found.one.name, ...expr), rest);
  });
  return { ...made, functions: [...made.functions, ...[...functions.values()].map(({ one }) => one)] };
}

/** `new PrometheusQuery().datasource(ds)…`, with an expression. */
function isQuery(code: Code): code is Chain {
  return (
    code.kind === 'chain' &&
    code.head.kind === 'call' &&
    code.head.isNew === true &&
    code.head.callee.endsWith('Query') &&
    code.calls.some(({ name }) => name === 'expr') &&
    code.calls.some(({ name }) => name === 'datasource')
  );
}

function beginning({ head, calls }: Chain): string {
  return `${flat(head)} ${calls.filter(({ name }) => name === 'datasource').map(keyOf)}`;
}

function commonCalls(queries: readonly Chain[]): readonly ChainCall[] {
  const counts = new Map<string, { readonly one: ChainCall; count: number }>();
  for (const { calls } of queries)
    for (const one of calls) {
      if (OWN.has(one.name) || one.name === 'datasource') continue;
      const known = counts.get(keyOf(one)) ?? { one, count: 0 };
      known.count++;
      counts.set(keyOf(one), known);
    }
  return [...counts.values()].filter(({ count }) => count >= queries.length / 2).map(({ one }) => one);
}

function keyOf({ name, args }: ChainCall): string {
  return `${name}(${args.map(flat).join(', ')})`;
}
