import type { Code } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import { flat } from '../code/print-code.ts';
import type { Definition } from './datasource-names.ts';
import type { PanelFunction, SharedCalls } from './share-calls.ts';

/** Functions and panels in which long values that come up again have a name. */
export interface SharedValues extends SharedCalls {
  readonly values: readonly Definition[];
}

/** Shorter than this is as clear as a name for it. */
const LONG = 45;

/** Methods whose argument is worth a name: looks, not queries. */
const NAMED = new Set([
  'thresholds',
  'legend',
  'tooltip',
  'mappings',
  'colorScheme',
  'reduceOptions',
  'overrides',
  'stacking',
  'links',
  'dataLinks',
]);

/** Gives a name to each long value that several calls have. */
export function shareValues(shared: SharedCalls, names: Names): SharedValues {
  const counts = new Map<string, number>();
  const note = (_: string, line: string) => {
    counts.set(line, (counts.get(line) ?? 0) + 1);
    return undefined;
  };
  for (const { body } of shared.functions) replaced(body, note);
  for (const [, code] of shared.panels) replaced(code, note);
  const values: Definition[] = [];
  const known = new Map<string, string>();
  const naming = (method: string, line: string, code: Code) => {
    if ((counts.get(line) ?? 0) < 2) return undefined;
    const name = known.get(line) ?? names.define(method);
    if (!known.has(line)) values.push({ name, code });
    known.set(line, name);
    return name;
  };
  return {
    functions: shared.functions.map((one): PanelFunction => ({ ...one, body: replaced(one.body, naming) })),
    panels: shared.panels.map(([key, code]) => [key, replaced(code, naming)]),
    values,
  };
}

type Naming = (method: string, line: string, code: Code) => string | undefined;

/** Code in which arguments that have a name are that name. */
function replaced(code: Code, naming: Naming): Code {
  if (code.kind === 'call') return { ...code, args: code.args.map((arg) => replaced(arg, naming)) };
  if (code.kind !== 'chain') return code;
  return {
    ...code,
    head: replaced(code.head, naming),
    calls: code.calls.map((one) => {
      const [arg, ...more] = one.args;
      if (!arg || more.length > 0 || !NAMED.has(one.name)) return one;
      const line = flat(arg);
      const name = line.length < LONG || hasContext(arg) ? undefined : naming(one.name, line, arg);
      return name === undefined ? one : { ...one, args: [{ kind: 'text', text: name }] };
    }),
  };
}

/** Literals of objects get their types from where they stand, which a name of their own would lose. */
function hasContext(code: Code): boolean {
  return code.kind === 'object' || (code.kind === 'list' && code.items.some(hasContext));
}
