/**
 * A query with each of Grafana's variables and macros (`$name`, `${name:format}`, `[[name]]`, `$__rate_interval`)
 * replaced by text of the same length that the grammar reads, so that positions stay. What a variable holds is never
 * guessed: `variables` lists the spans, and whoever looks at a masked part must take it for anything.
 */
export interface MaskedQuery {
  readonly text: string;
  readonly variables: readonly MaskedVariable[];
}

/** One variable and where it stands. */
export interface MaskedVariable {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /**
   * In a comment; within quotes; as the length of a window or an offset; as a moment behind `@`; or where a name or
   * number stands.
   */
  readonly as: 'comment' | 'string' | 'duration' | 'moment' | 'operand';
}

// A backslash takes the next character with it, so that an escaped quote ends nothing.
const TOKEN =
  /\\[\s\S]|\$(\w+)|\$\{(\w+)(?:\.[^:}]+)?(?::[^}]+)?\}|\[\[(\w+)(?:[.:][^\]]+)?\]\]|["'`#\n[\]]/g;

/** Masks the variables of a query. */
export function maskVariables(query: string): MaskedQuery {
  const variables: MaskedVariable[] = [];
  if (!mayHoldVariables(query)) return { text: query, variables };
  let quote: string | undefined;
  let inComment = false;
  let inWindow = false;
  const text = query.replace(TOKEN, (token, plain, braced, square, at: number) => {
    const name: string | undefined = plain ?? braced ?? square;
    if (name !== undefined) {
      const as = inComment
        ? 'comment'
        : quote
          ? 'string'
          : inWindow
            ? 'duration'
            : placeBehind(query.slice(0, at));
      variables.push({ name, start: at, end: at + token.length, as });
      return standIn(as, token.length, query.slice(at + token.length));
    }
    if (token === '\n') inComment = false;
    else if (inComment) return token;
    else if (quote) quote = token === quote ? undefined : quote;
    else if (token === '"' || token === "'" || token === '`') quote = token;
    else if (token === '#') inComment = true;
    else if (token === '[') inWindow = true;
    else if (token === ']') inWindow = false;
    return token;
  });
  return { text, variables };
}

/** False only for a text that surely holds none, which most are. */
export function mayHoldVariables(text: string): boolean {
  return text.includes('$') || text.includes('[[');
}

function placeBehind(before: string): MaskedVariable['as'] {
  if (/\boffset[\s(-]*$/.test(before)) return 'duration';
  return /@\s*$/.test(before) ? 'moment' : 'operand';
}

/** Text that the grammar takes for anything of that kind. A unit may stand behind a duration: `[${minutes}m]`. */
function standIn(as: MaskedVariable['as'], length: number, after: string): string {
  switch (as) {
    case 'comment':
    case 'string':
    case 'operand':
      return 'v'.repeat(length);
    case 'moment':
      return '1'.repeat(length);
    case 'duration':
      return /^[a-z\d]/.test(after) ? '1'.repeat(length) : `${'1'.repeat(length - 1)}s`;
    default:
      return as satisfies never;
  }
}

/**
 * Whether a variable stands where it can be any piece of PromQL (a function's name, an operator, whole matchers), so
 * that a syntax error says nothing: `$function(x)`, `a $operator b`, `x{$filters}`.
 */
export function hasStructuralVariable(query: string, { variables }: MaskedQuery): boolean {
  return variables.some(({ as, start, end }) => {
    if (as !== 'operand') return false;
    const before = query.slice(0, start);
    const after = query.slice(end).trimStart();
    if (after.startsWith('(') || before.trim() + after === '') return true;
    const isInBraces = before.lastIndexOf('{') > before.lastIndexOf('}');
    if (isInBraces && /^[,}]|^$/.test(after)) return true;
    if (/^[\w"'`$]/.test(after) && /^\s/.test(query.slice(end)) && !KEYWORD_FIRST.test(after)) return true;
    return /[)}\]"'`]\s*$/.test(before) || (/\w\s+$/.test(before) && !KEYWORD_LAST.test(before));
  });
}

const KEYWORD_FIRST = /^(?:and|or|unless|by|without|on|ignoring|offset|atan2|group_left|group_right|bool)\b/i;
const KEYWORD_LAST =
  /\b(?:and|or|unless|by|without|on|ignoring|offset|atan2|group_left|group_right|bool)\s+$/i;
