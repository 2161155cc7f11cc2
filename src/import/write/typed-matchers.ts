import type { Matcher } from '../../query/promql-node.ts';
import { type Code, call, literal } from '../code/code.ts';
import { FUNCTIONS, type Typed, variable, type Writer } from './typed-queries.ts';

/** What `where` takes for the matchers of a selector; undefined when one cannot be said so. */
export function typedMatchers(writer: Writer, matchers: readonly Matcher[]): Typed | undefined {
  const entries: [string, Typed][] = [];
  for (const matcher of matchers) {
    const one = matcher.label === undefined ? undefined : typedMatcher(writer, matcher);
    if (!one || matcher.label === undefined) return undefined;
    entries.push([matcher.label, one]);
  }
  const code: Code = { kind: 'object', entries: entries.map(([label, one]) => [label, one.code]) };
  return { code, value: Object.fromEntries(entries.map(([label, one]) => [label, one.value])) };
}

function typedMatcher(writer: Writer, { op, value, span }: Matcher): Typed | undefined {
  const compared = value === undefined ? comparedVariable(writer, span) : { code: literal(value), value };
  if (!compared) return undefined;
  switch (op) {
    case '=':
      return compared;
    case '!=':
      return wrap(writer, 'not', [compared]);
    case '=~':
    case '!~': {
      const words = value?.split('|') ?? [];
      const isList = words.length > 1 && words.every((word) => /^[^\\^$.*+?()[\]{}|]+$/.test(word));
      if (!isList) return wrap(writer, op === '=~' ? 'matches' : 'matchesNot', [compared]);
      const args = words.map((word) => ({ code: literal(word), value: word }));
      return wrap(writer, op === '=~' ? 'oneOf' : 'noneOf', args);
    }
    default:
      return op satisfies never;
  }
}

/** `"$die_type"`, and nothing else beside it. */
function comparedVariable(writer: Writer, { start, end }: Matcher['span']): Typed | undefined {
  const name = /=?[=~]\s*"\$(?!__)(\w+)"$/.exec(writer.expr.slice(start, end))?.[1];
  return name === undefined ? undefined : variable(writer, name);
}

function wrap(
  { use }: Writer,
  name: 'not' | 'matches' | 'matchesNot' | 'oneOf' | 'noneOf',
  args: readonly Typed[],
): Typed {
  return {
    code: call(use(name), ...args.map(({ code }) => code)),
    value: FUNCTIONS[name]?.(...args.map(({ value }) => value)),
  };
}
