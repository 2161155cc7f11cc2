import { interpolate, type Variables } from './interpolate.ts';

const LINE = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*(?:[=:]([\s\S]*))?$/;

/**
 * Reads a `.env` file as Docker Compose does: `KEY=value` lines, `#` comments, single quotes (literal, also over
 * several lines), double quotes (escapes and variables), later lines may refer to earlier ones. A value that refers to
 * a variable without a value, and a name without `=`, are undefined: set outside the tree.
 */
export function envFile(text: string, outer: Variables = new Map()): Map<string, string | undefined> {
  const values = new Map<string, string | undefined>();
  const known = new Map(outer);
  for (const statement of statements(text)) {
    const match = LINE.exec(statement);
    if (!match) continue;
    const [, name = '', raw] = match;
    const value = raw === undefined ? outer.get(name) : unquote(raw.trim(), known);
    values.set(name, value);
    if (outer.get(name) === undefined) known.set(name, value);
  }
  return values;
}

/** Lines, with those inside quotes joined. */
function statements(text: string): string[] {
  const found: string[] = [];
  let open = '';
  let quote = '';
  for (const line of text.split(/\r?\n/)) {
    if (quote === '') {
      if (/^\s*(#|$)/.test(line)) continue;
      const start = /^[^=:]*[=:]\s*(['"])((?:\\.|(?!\1).)*)(\1)?/.exec(line);
      if (!start || start[3]) found.push(line);
      else [open, quote] = [line, start[1] ?? ''];
    } else {
      open += `\n${line}`;
      if (!line.includes(quote)) continue;
      found.push(open);
      quote = '';
    }
  }
  return found;
}

function unquote(raw: string, variables: Variables): string | undefined {
  const single = /^'([^']*)'/.exec(raw);
  if (single) return single[1];
  const double = /^"((?:\\[\s\S]|[^"\\])*)"/.exec(raw);
  const source = double
    ? (double[1] ?? '').replace(/\\([nrt"\\])/g, (_, char: string) => ESCAPES[char] ?? char)
    : raw.replace(/(^|\s)#.*$/, '').trim();
  const { text, missing } = interpolate(source, variables);
  return missing.length > 0 ? undefined : text;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
