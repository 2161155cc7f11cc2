import { type Code, mapCode } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import type { Definition } from './datasource-names.ts';

/** A function that makes what some panels or queries have in common. */
export interface SharedFunction {
  readonly name: string;
  /** What tells them apart: the title of a panel, the expression of a query. */
  readonly parameter: 'title' | 'expr';
  /** The builder's local name. */
  readonly type: string;
  readonly body: Code;
}

/** The code of a definition's panels, in their order, and what they use by name. */
export interface Shared {
  readonly functions: readonly SharedFunction[];
  readonly panels: readonly (readonly [key: string, code: Code])[];
  /** Constants, each before those that use it. */
  readonly values: readonly Definition[];
}

/** The same with every part of its code changed, from the inside out. */
export function changed(shared: Shared, change: (code: Code) => Code): Shared {
  return {
    functions: shared.functions.map((one) => ({ ...one, body: mapCode(one.body, change) })),
    panels: shared.panels.map(([key, code]) => [key, mapCode(code, change)]),
    values: shared.values.map(({ name, code }) => ({ name, code: mapCode(code, change) })),
  };
}

/** How often each text is found in the code; parts of which nothing is found are passed over. */
export function counted(
  shared: Shared,
  find: (code: Code) => readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  changed(shared, (code) => {
    for (const text of find(code)) counts.set(text, (counts.get(text) ?? 0) + 1);
    return code;
  });
  return counts;
}

/** Names for code that comes up again; the definitions grow as names are asked for. */
export interface Repeated {
  readonly definitions: readonly Definition[];
  /** The name of code that is written as `line`; undefined when it comes up once. */
  nameOf(line: string, code: Code, wanted: () => string): string | undefined;
}

/** Names for what was counted more than once. */
export function repeated(counts: ReadonlyMap<string, number>, names: Names): Repeated {
  const definitions: Definition[] = [];
  const known = new Map<string, string>();
  return {
    definitions,
    nameOf(line, code, wanted) {
      if ((counts.get(line) ?? 0) < 2) return undefined;
      const name = known.get(line) ?? names.define(wanted());
      if (!known.has(line)) definitions.push({ name, code });
      known.set(line, name);
      return name;
    },
  };
}
