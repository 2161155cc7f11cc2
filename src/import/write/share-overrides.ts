import { type Code, text } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import { flat } from '../code/print-code.ts';
import { changed, counted, repeated, type Shared } from './shared.ts';

/** Shorter than this an override is as clear as a name for it. */
const LONG = 100;

/** Gives a name to the overrides of a panel when another has the same: `seriesColors` where they only colour. */
export function shareOverrides(shared: Shared, names: Names): Shared {
  const counts = counted(shared, (code) => {
    const list = overridesOf(code);
    return list ? [flat(list)] : [];
  });
  const { definitions, nameOf } = repeated(counts, names);
  const made = changed(shared, (code) => {
    const list = overridesOf(code);
    const line = list ? flat(list) : '';
    if (code.kind !== 'chain' || !list || line.length < LONG) return code;
    const name = nameOf(line, list, () => listName(line));
    if (name === undefined) return code;
    const first = code.calls.findIndex(isOverride);
    const calls = code.calls.flatMap((one, index) => {
      if (index === first) return [{ name: 'overrides', args: [text(name)] }];
      return isOverride(one) ? [] : [one];
    });
    return { ...code, calls };
  });
  return { ...made, values: [...made.values, ...definitions] };
}

function isOverride({ name }: { readonly name: string }): boolean {
  return name === 'withOverride';
}

/** All overrides that a chain adds, as a list. */
function overridesOf(code: Code): Code | undefined {
  if (code.kind !== 'chain') return undefined;
  const items = code.calls.filter(isOverride).flatMap(({ args }) => args);
  return items.length === 0 ? undefined : { kind: 'list', items };
}

function listName(line: string): string {
  const properties = [...line.matchAll(/\{ (?:id: '([^']*)', value:|value: .*?, id: '([^']*)')/g)];
  const isColored = properties.length > 0 && properties.every(([, id]) => id === 'color');
  return isColored ? 'seriesColors' : 'overrides';
}
