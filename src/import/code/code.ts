/** A TypeScript expression that is to be printed. Strings from outside only ever come in through `literal`. */
export type Code =
  /** A name, a number, a string literal, with what it is in `value`: never broken. */
  | { readonly kind: 'text'; readonly text: string; readonly isString?: boolean; readonly value?: string }
  | { readonly kind: 'list'; readonly items: readonly Code[] }
  /** `isOpen`: one entry a line whatever its length; `isSpaced`: with empty lines between. */
  | {
      readonly kind: 'object';
      readonly entries: readonly (readonly [key: string, value: Code])[];
      readonly isOpen?: boolean;
      readonly isSpaced?: boolean;
    }
  /** `sum(x)`, or `new Stat()` with `isNew`. */
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly args: readonly Code[];
      readonly isNew?: boolean;
    }
  /** `head.a(1).b(2)`. */
  | { readonly kind: 'chain'; readonly head: Code; readonly calls: readonly ChainCall[] };

/** One call of a chain. */
export interface ChainCall {
  readonly name: string;
  readonly args: readonly Code[];
}

/** A name or another piece of code that the program wrote itself. */
export function text(code: string): Code {
  return { kind: 'text', text: code };
}

/** A call of a function by name. */
export function call(callee: string, ...args: readonly Code[]): Code {
  return { kind: 'call', callee, args };
}

/** A call with `new`. */
export function construct(callee: string, ...args: readonly Code[]): Code {
  return { kind: 'call', callee, args, isNew: true };
}

/** Calls behind an expression; none leave it as it is, those of a chain continue it. */
export function chain(head: Code, calls: readonly ChainCall[]): Code {
  if (calls.length === 0) return head;
  if (head.kind === 'chain') return { ...head, calls: [...head.calls, ...calls] };
  return { kind: 'chain', head, calls };
}

/** A string, number, boolean or null as a literal that means exactly this, whatever characters are in it. */
export function literal(value: string | number | boolean | null): Code {
  if (typeof value === 'string') return { kind: 'text', text: quoted(value), isString: true, value };
  return text(Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e'));
}

/** A property name, quoted where it must be; `__proto__` is one only in brackets. */
export function propertyName(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) || /^(?:0|[1-9]\d{0,14})$/.test(key) ? key : quoted(key);
}

/** A template literal of texts and of names between them. */
export function template(parts: readonly (string | Code)[]): Code {
  const inner = parts.map((part) =>
    typeof part === 'string' ? templateText(part) : `\${${part.kind === 'text' ? part.text : ''}}`,
  );
  return { kind: 'text', text: `\`${inner.join('')}\``, isString: true };
}

function templateText(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/[`]|\$(?=\{)/g, '\\$&')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

/** A copy of code in which `change` was applied to every part, from the inside out. */
export function mapCode(code: Code, change: (code: Code) => Code): Code {
  switch (code.kind) {
    case 'text':
      return change(code);
    case 'list':
      return change({ ...code, items: code.items.map((item) => mapCode(item, change)) });
    case 'object':
      return change({ ...code, entries: code.entries.map(([key, value]) => [key, mapCode(value, change)]) });
    case 'call':
      return change({ ...code, args: code.args.map((arg) => mapCode(arg, change)) });
    case 'chain':
      return change({
        ...code,
        head: mapCode(code.head, change),
        calls: code.calls.map(({ name, args }) => ({ name, args: args.map((arg) => mapCode(arg, change)) })),
      });
    default:
      return code satisfies never;
  }
}

/** In the quotes that need fewer escapes, single ones when equal. */
function quoted(value: string): string {
  const singles = value.split("'").length;
  const doubles = value.split('"').length;
  // JSON escapes control characters and lone surrogates; these two end a line in older parsers.
  const inner = JSON.stringify(value)
    .slice(1, -1)
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
  if (singles > doubles) return `"${inner}"`;
  return `'${inner.replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}
