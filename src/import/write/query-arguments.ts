import type { Code } from '../code/code.ts';

/** Calls whose first argument is a query: those of builders, handles and functions of the definition. */
const METHODS: ReadonlySet<string> = new Set(['expr', 'query']);
/** `promql.raw('…')` takes its text. */
const TEXTS: ReadonlySet<string> = new Set([...METHODS, 'raw']);
const FUNCTIONS = /^(?:query|instantQuery)\d*$/;

/** Code in which the queries that stand directly in it are changed. */
export function withQueries(code: Code, change: (query: Code) => Code): Code {
  return withArguments(code, METHODS, change);
}

/** The same for the texts of queries. */
export function withQueryTexts(code: Code, change: (text: Code) => Code): Code {
  return withArguments(code, TEXTS, change);
}

function withArguments(code: Code, methods: ReadonlySet<string>, change: (argument: Code) => Code): Code {
  const changedFirst = ([first, ...more]: readonly Code[]) => (first ? [change(first), ...more] : []);
  if (code.kind === 'call' && FUNCTIONS.test(code.callee)) return { ...code, args: changedFirst(code.args) };
  if (code.kind !== 'chain') return code;
  const calls = code.calls.map((one) =>
    methods.has(one.name) && one.args.length > 0 ? { ...one, args: changedFirst(one.args) } : one,
  );
  return { ...code, calls };
}
