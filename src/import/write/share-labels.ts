import { type Code, text } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import { flat } from '../code/print-code.ts';
import type { Definition } from './datasource-names.ts';
import { nameFrom } from './panel-key.ts';
import { changed, type Shared } from './shared.ts';

/** What a label is compared with everywhere, such as the job: a constant of the label's name. */
export function shareLabels(shared: Shared, names: Names): Shared {
  const valuesOf = new Map<string, Map<string, number>>();
  changed(shared, (code) => {
    for (const [label, value] of matchersOf(code)) {
      const counts = valuesOf.get(label) ?? new Map<string, number>();
      valuesOf.set(label, counts.set(flat(value), (counts.get(flat(value)) ?? 0) + 1));
    }
    return code;
  });
  const constants = new Map<string, Definition>();
  changed(shared, (code) => {
    for (const [label, value] of matchersOf(code)) {
      const counts = [...(valuesOf.get(label)?.values() ?? [])];
      const isSame = counts.length === 1 && (counts[0] ?? 0) > 1 && value.kind === 'text' && value.isString;
      const name = nameFrom(label);
      if (isSame && name !== '' && !constants.has(label))
        constants.set(label, { name: names.define(name), code: value });
    }
    return code;
  });
  const made = changed(shared, (code) => {
    if (code.kind !== 'chain') return code;
    const calls = code.calls.map((one) => {
      const [object] = one.args;
      if (one.name !== 'where' || object?.kind !== 'object') return one;
      const entries = object.entries.map(([label, value]) => {
        const constant = constants.get(label);
        return [label, constant ? text(constant.name) : value] as const;
      });
      return { ...one, args: [{ ...object, entries }] };
    });
    return { ...code, calls };
  });
  return { ...made, values: [...constants.values(), ...made.values] };
}

function matchersOf(code: Code): readonly (readonly [string, Code])[] {
  if (code.kind !== 'chain') return [];
  return code.calls.flatMap(({ name, args: [object] }) =>
    name === 'where' && object?.kind === 'object' ? object.entries : [],
  );
}
