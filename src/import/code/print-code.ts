import { type ChainCall, type Code, propertyName } from './code.ts';

/** Where an expression begins, and what of its last line comes behind it. */
interface Place {
  readonly column: number;
  /** Of the line in which it begins. */
  readonly indent: number;
  /** Characters that follow on its last line. */
  readonly after: number;
}

/** Characters of a line; what the repository's formatter is set to. */
export const LINE_WIDTH = 110;

/**
 * The text of an expression as a formatter of the Prettier family would leave it: on one line where it fits, long
 * chains with one call a line, the last object or list of a call hugged by it.
 */
export function printCode(code: Code, place: Place): string {
  const line = flat(code);
  if (!mustBreak(code) && place.column + line.length + place.after <= LINE_WIDTH) return line;
  switch (code.kind) {
    case 'text':
      return line;
    case 'list':
    case 'object':
      return isEmpty(code) ? line : broken(code, place.indent);
    case 'call':
      return calleeOf(code) + printArguments(code.args, advance(place, calleeOf(code)));
    case 'chain':
      return printChain(code, place);
    default:
      return code satisfies never;
  }
}

/** An expression behind `name = ` or `name: `; one that cannot be broken goes to a line of its own. */
export function printAssigned(code: Code, place: Place): string {
  const line = flat(code);
  const isTooLong = place.column + line.length + place.after > LINE_WIDTH;
  // A template stays where it begins, however long it is.
  const canMove = code.kind === 'text' && code.isString && !line.startsWith('`');
  if (!canMove || !isTooLong) return ` ${printCode(code, advance(place, ' '))}`;
  return `\n${' '.repeat(place.indent + 2)}${line}`;
}

/** An expression on one line, however long. */
export function flat(code: Code): string {
  switch (code.kind) {
    case 'text':
      return code.text;
    case 'list':
      return `[${code.items.map(flat).join(', ')}]`;
    case 'object':
      return code.entries.length === 0 ? '{}' : `{ ${code.entries.map(flatEntry).join(', ')} }`;
    case 'call':
      return calleeOf(code) + flatArguments(code.args);
    case 'chain':
      return flat(code.head) + code.calls.map(({ name, args }) => `.${name}${flatArguments(args)}`).join('');
    default:
      return code satisfies never;
  }
}

function flatEntry([key, value]: readonly [string, Code]): string {
  const name = propertyName(key);
  const line = flat(value);
  return isShorthand(name, value) ? name : `${name}: ${line}`;
}

/** `{ job }` for `{ job: job }`; only names have this short form. */
function isShorthand(name: string, value: Code): boolean {
  return value.kind === 'text' && value.text === name && /^[A-Za-z_$]/.test(name);
}

function flatArguments(args: readonly Code[]): string {
  return `(${args.map(flat).join(', ')})`;
}

function calleeOf({ callee, isNew }: Extract<Code, { kind: 'call' }>): string {
  return isNew ? `new ${callee}` : callee;
}

function advance(place: Place, text: string): Place {
  const end = text.lastIndexOf('\n');
  return { ...place, column: end < 0 ? place.column + text.length : text.length - end - 1 };
}

function isEmpty(code: Code): boolean {
  return (
    (code.kind === 'list' && code.items.length === 0) || (code.kind === 'object' && code.entries.length === 0)
  );
}

/** Broken whatever its length: lists of objects with several properties, chains of which one call says much. */
function mustBreak(code: Code): boolean {
  switch (code.kind) {
    case 'text':
      return false;
    case 'list':
      return isTable(code.items) || code.items.some(mustBreak);
    case 'object':
      return code.isOpen === true || code.entries.some(([, value]) => mustBreak(value));
    case 'call':
      return code.args.some(mustBreak);
    case 'chain':
      return mustExpand(code) || mustBreak(code.head) || code.calls.some(({ args }) => args.some(mustBreak));
    default:
      return code satisfies never;
  }
}

function isTable(items: readonly Code[]): boolean {
  return (
    items.length > 1 &&
    (items.every((item) => item.kind === 'object' && item.entries.length > 1) ||
      items.every((item) => item.kind === 'list' && item.items.length > 1))
  );
}

function mustExpand({ head, calls }: Extract<Code, { kind: 'chain' }>): boolean {
  const count = calls.length + (head.kind === 'call' && !head.isNew ? 1 : 0);
  const all = [...calls.map(({ args }) => args), ...(head.kind === 'call' && !head.isNew ? [head.args] : [])];
  return calls.length > 1 && count > 2 && all.some((args) => !args.every((arg) => isSimple(arg, 0)));
}

/** What a chain may hold on one line. */
function isSimple(code: Code, depth: number): boolean {
  if (depth >= 2) return false;
  switch (code.kind) {
    case 'text':
      return true;
    case 'list':
      return code.items.every((item) => isSimple(item, depth + 1));
    case 'object':
      return code.entries.every(([, value]) => isSimple(value, depth + 1));
    case 'call':
      return code.args.every((arg) => isSimple(arg, depth + 1));
    case 'chain':
      return (
        isSimple(code.head, depth) &&
        code.calls.every(({ args }) => args.every((arg) => isSimple(arg, depth + 1)))
      );
    default:
      return code satisfies never;
  }
}

/** A list or object with one item a line; numbers fill their lines. */
function broken(code: Extract<Code, { kind: 'list' | 'object' }>, indent: number): string {
  const inner = ' '.repeat(indent + 2);
  const place = (name: string): Place => ({ column: indent + 2 + name.length, indent: indent + 2, after: 1 });
  if (code.kind === 'object') {
    const lines = code.entries.map(([key, value]) => {
      const name = propertyName(key);
      if (isShorthand(name, value)) return name;
      return `${name}:${printAssigned(value, place(`${name}:`))}`;
    });
    const between = code.isSpaced ? '\n' : '';
    return `{\n${lines.map((line) => `${inner}${line},\n`).join(between)}${' '.repeat(indent)}}`;
  }
  if (code.items.length > 1 && code.items.every((item) => item.kind === 'text' && /^-?\d/.test(item.text)))
    return `[\n${filled(code.items.map(flat), indent + 2)}\n${' '.repeat(indent)}]`;
  const lines = code.items.map((item) => printCode(item, place('')));
  return `[\n${lines.map((line) => `${inner}${line},\n`).join('')}${' '.repeat(indent)}]`;
}

function filled(words: readonly string[], indent: number): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 2 <= LINE_WIDTH)
      lines[lines.length - 1] = `${last} ${word},`;
    else lines.push(`${' '.repeat(indent)}${word},`);
  }
  return lines.join('\n');
}

function printArguments(args: readonly Code[], place: Place): string {
  const line = flatArguments(args);
  if (args.length === 0 || (!args.some(mustBreak) && place.column + line.length + place.after <= LINE_WIDTH))
    return line;
  return hugged(args, place) ?? spread(args, place.indent);
}

function spread(args: readonly Code[], indent: number): string {
  const inner = ' '.repeat(indent + 2);
  const lines = args.map((arg) => printCode(arg, { column: indent + 2, indent: indent + 2, after: 1 }));
  return `(\n${lines.map((line) => `${inner}${line},\n`).join('')}${' '.repeat(indent)})`;
}

/** The last argument opens on the line of the call: `row(8, {` and so on. */
function hugged(args: readonly Code[], place: Place): string | undefined {
  const last = args.at(-1);
  const before = args.slice(0, -1);
  if (!last || (last.kind !== 'object' && last.kind !== 'list') || isEmpty(last)) return undefined;
  if (before.at(-1)?.kind === last.kind || before.some(mustBreak)) return undefined;
  if (before.length > 0 && last.kind === 'list' && last.items.every(({ kind }) => kind === 'text')) {
    const isNumbers = last.items.every((item) => /^-?\d/.test(flat(item)));
    if (isNumbers) return undefined;
  }
  const start = `(${before.map((arg) => `${flat(arg)}, `).join('')}`;
  if (place.column + start.length + 1 > LINE_WIDTH) return undefined;
  return `${start}${broken(last, place.indent)})`;
}

function printChain(code: Extract<Code, { kind: 'chain' }>, place: Place): string {
  const { head, calls } = code;
  if (calls.length > 1 && !opensInItsLastCall(code, place)) return printExpanded(head, calls, place);
  let printed = printCode(head, { ...place, after: (calls[0]?.name.length ?? 0) + 2 });
  for (const { name, args } of calls) {
    printed += `.${name}`;
    printed += printArguments(args, advance(place, printed));
  }
  return printed;
}

/** A short chain whose last argument is broken anyway stays on the line up to there. */
function opensInItsLastCall(code: Extract<Code, { kind: 'chain' }>, place: Place): boolean {
  const { head, calls } = code;
  const last = calls.at(-1);
  const before: Code = { kind: 'chain', head, calls: calls.slice(0, -1) };
  if (mustExpand(code) || mustBreak(before) || !last?.args.some(mustBreak)) return false;
  return place.column + flat(before).length + last.name.length + 3 <= LINE_WIDTH;
}

function printExpanded(head: Code, calls: readonly ChainCall[], place: Place): string {
  const indent = place.indent + 2;
  const lines = calls.map(({ name, args }, index) => {
    const start = `${' '.repeat(indent)}.${name}`;
    const after = index === calls.length - 1 ? place.after : 0;
    return start + printArguments(args, { column: start.length, indent, after });
  });
  return [printCode(head, { ...place, after: 0 }), ...lines].join('\n');
}
