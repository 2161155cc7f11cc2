/** A text after its variables were put in. */
export interface Interpolated {
  /** The text, with nothing in the place of variables that have no value, as Docker Compose does. */
  readonly text: string;
  /** The variables without a value: what stands in their place is decided outside the tree. */
  readonly missing: readonly string[];
}

/** Values of variables; a name that is not there (or undefined) is set outside the tree, or not at all. */
export type Variables = ReadonlyMap<string, string | undefined>;

/** Defaults inside defaults deeper than this count as unknown; people write two. */
const MAX_DEPTH = 50;
/** Characters that are looked at for a closing brace, so that many open ones take no time. */
const MAX_BRACED = 4096;
const REFERENCE = /\$(?:(\$)|([A-Za-z_]\w*)|\{)/g;
const BRACED = /^([A-Za-z_]\w*)(?:(:?[-?+])([\s\S]*))?$/;

/**
 * Puts variables into a text by the rules of Docker Compose: `$X`, `${X}`, `${X:-default}`, `${X-default}`,
 * `${X:?message}`, `${X?message}`, `${X:+text}`, `${X+text}`, defaults inside defaults, and `$$` for one dollar.
 * What is no reference (a dollar before a digit, an open brace) stays as it is.
 */
export function interpolate(source: string, variables: Variables, depth = 0): Interpolated {
  if (depth > MAX_DEPTH) return { text: '', missing: ['nested too deep'] };
  const missing: string[] = [];
  let text = '';
  let from = 0;
  for (let match = nextMatch(source, 0); match; match = nextMatch(source, from)) {
    text += source.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[1]) {
      text += '$';
      continue;
    }
    let name = match[2];
    let braced: RegExpExecArray | null = null;
    if (name === undefined) {
      const end = closingBrace(source, from);
      braced = end === -1 ? null : BRACED.exec(source.slice(from, end));
      if (!braced) {
        text += match[0];
        continue;
      }
      name = braced[1] ?? '';
      from = end + 1;
    }
    const put = substitute(name, braced?.[2], braced?.[3] ?? '', variables, depth + 1);
    text += put.text;
    missing.push(...put.missing);
  }
  return { text: text + source.slice(from), missing };
}

function nextMatch(source: string, from: number): RegExpExecArray | null {
  REFERENCE.lastIndex = from;
  return REFERENCE.exec(source);
}

/** Where the brace closes that opened just before `from`; -1 when it does not. */
function closingBrace(source: string, from: number): number {
  let depth = 1;
  for (let at = from; at < Math.min(source.length, from + MAX_BRACED); at++) {
    if (source[at] === '$' && source[at + 1] === '{') depth++;
    else if (source[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

function substitute(
  name: string,
  operator: string | undefined,
  word: string,
  variables: Variables,
  depth: number,
): Interpolated {
  const value = variables.get(name);
  const isSet = operator?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  if (operator?.endsWith('+')) return isSet ? interpolate(word, variables, depth) : { text: '', missing: [] };
  if (isSet) return { text: value ?? '', missing: [] };
  if (operator?.endsWith('-')) return interpolate(word, variables, depth);
  return { text: value ?? '', missing: value === undefined || operator ? [name] : [] };
}
