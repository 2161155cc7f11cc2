import { type Code, text } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import { flat } from '../code/print-code.ts';
import { changed, counted, repeated, type Shared } from './shared.ts';
import { valueName } from './value-name.ts';

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
export function shareValues(shared: Shared, names: Names): Shared {
  const counts = counted(shared, (code) => {
    const found: string[] = [];
    withValues(code, (_, value) => {
      found.push(flat(value));
      return value;
    });
    return found;
  });
  const { definitions, nameOf } = repeated(counts, names);
  const made = changed(shared, (code) =>
    withValues(code, (method, value) => {
      const name = nameOf(flat(value), value, () => valueName(method, value));
      return name === undefined ? value : text(name);
    }),
  );
  return { ...made, values: [...made.values, ...definitions] };
}

/** Code in which arguments that can have a name are changed. */
function withValues(code: Code, change: (method: string, value: Code) => Code): Code {
  if (code.kind !== 'chain') return code;
  const calls = code.calls.map((one) => {
    const [value, ...more] = one.args;
    const isNamed = value && more.length === 0 && NAMED.has(one.name);
    if (!isNamed || flat(value).length < LONG || hasContext(value)) return one;
    return { ...one, args: [change(one.name, value)] };
  });
  return { ...code, calls };
}

/** Literals of objects get their types from where they stand, which a name of their own would lose. */
function hasContext(code: Code): boolean {
  return code.kind === 'object' || (code.kind === 'list' && code.items.some(hasContext));
}
