/**
 * The names that the `regex` of a datasource variable takes: `/…/i` anywhere in the name, other text as a pattern of the
 * whole of it. Undefined where that is not known: a variable stands in it, or it repeats what repeats, which can take
 * for ever to match.
 */
export function nameTest(regex: string): ((name: string) => boolean) | undefined {
  if (/\$\w|\$\{|\[\[/.test(regex) || /[+*}]\)*[+*{]|\)[+*{]/.test(regex)) return undefined;
  const [, source, flags] = /^\/(.*)\/([gimsuy]*)$/s.exec(regex) ?? [];
  try {
    const pattern =
      source === undefined ? new RegExp(`^${regex}$`) : new RegExp(source, flags?.replaceAll(/[gy]/g, ''));
    return (name) => pattern.test(name);
  } catch {
    return undefined;
  }
}
