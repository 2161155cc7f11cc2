import type { GrafanaInstance } from '../model/grafana-instance.ts';

/** Where variables of provisioning files get their values. */
export type VariableSource = Pick<GrafanaInstance, 'environment' | 'environmentIsOpen'>;

/**
 * A value of a provisioning file as Grafana expands it: parts between `$$` one by one, first `$__env{X}` and `${X}`,
 * then what Go's `os.ExpandEnv` takes for a variable (`$X`, `${X}`, `$1`), and again in what that gave. An unset
 * variable is empty. Undefined when it depends on what the tree does not show: a file, or a variable set outside.
 */
export function expandVariables(text: string, source: VariableSource): string | undefined {
  if (!text.includes('$')) return text;
  const parts = text.split('$$').map((part) => expandPart(part, source));
  return parts.some((part) => part === undefined) ? undefined : parts.join('$');
}

/** Expands every text in a value; keys stay, and so does a text that cannot be known. */
export function expandValue(value: unknown, source: VariableSource): unknown {
  if (typeof value === 'string') return expandVariables(value, source) ?? value;
  if (Array.isArray(value)) return value.map((item) => expandValue(item, source));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expandValue(item, source)]));
}

function expandPart(part: string, source: VariableSource): string | undefined {
  let isKnown = true;
  const lookUp = (name: string): string => {
    const value = Object.hasOwn(source.environment, name) ? source.environment[name] : undefined;
    const isUnset = !Object.hasOwn(source.environment, name);
    if (value === undefined && (!isUnset || source.environmentIsOpen) && !neverSet(name)) isKnown = false;
    return value ?? '';
  };
  const first = part.replace(/\$(|__\w+)\{([^}]+)\}/g, (whole, expander: string, name: string) => {
    if (expander === '' || expander === '__env') return lookUp(name);
    isKnown = false;
    return whole;
  });
  const second = first.replace(
    /\$(?:\{([^}]*)\}|([*#$@!?0-9-])|(\w+))/g,
    (_, braced?: string, special?: string, name?: string) => lookUp(braced ?? special ?? name ?? ''),
  );
  return isKnown ? second : undefined;
}

/** Names that no environment has: Grafana's own macros, and capture groups. */
function neverSet(name: string): boolean {
  return !/^[A-Za-z_]\w*$/.test(name) || name.startsWith('__');
}
