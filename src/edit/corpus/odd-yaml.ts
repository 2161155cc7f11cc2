import { type Draw, ODD_STRINGS } from './draw.ts';

/**
 * A YAML text that a person could have written on a bad day: block and flow style mixed, comments everywhere, lists
 * indented or not, wide dashes, all quotes, block scalars, anchors, aliases, merges, tags, any line end.
 */
export function oddYaml(draw: Draw): string {
  const writer: Writer = { draw, step: draw.pick([2, 2, 2, 4, 1, 3]), anchors: [], mapAnchors: [] };
  const head = [
    ...(draw.chance(30) ? [comment(writer)] : []),
    ...(draw.chance(15) ? [`---${trailing(writer)}`] : []),
  ];
  const root = draw.chance(15) ? list(writer, 0, 4) : mapping(writer, 0, 4);
  const tail = draw.chance(20) ? [comment(writer)] : [];
  const eol = draw.chance(25) ? '\r\n' : '\n';
  const text = [...head, ...root, ...tail].join(eol) + (draw.chance(75) ? eol : '');
  return draw.chance(15) ? `\uFEFF${text}` : text;
}

interface Writer {
  readonly draw: Draw;
  readonly step: number;
  /** Names that an alias may use from here on. */
  readonly anchors: string[];
  readonly mapAnchors: string[];
}

function mapping(writer: Writer, indent: number, depth: number): string[] {
  const { draw } = writer;
  const lines: string[] = [];
  if (writer.mapAnchors.length > 0 && draw.chance(8))
    lines.push(`${pad(indent)}<<: *${draw.pick(writer.mapAnchors)}`);
  for (let count = 1 + draw.number(4); count > 0; count--) {
    if (lines.length > 0) lines.push(...between(writer, indent));
    const [first = '', ...rest] = value(writer, indent, depth, false);
    lines.push(`${pad(indent)}${key(writer)}:${first}`, ...rest);
  }
  return lines;
}

function list(writer: Writer, indent: number, depth: number): string[] {
  const { draw } = writer;
  const width = draw.pick([1, 1, 1, 2, 3]);
  const lines: string[] = [];
  for (let count = 1 + draw.number(4); count > 0; count--) {
    if (lines.length > 0) lines.push(...between(writer, indent));
    if (depth > 0 && draw.chance(50)) {
      const inner = indent + 1 + width;
      const block = draw.chance(85) ? mapping(writer, inner, depth - 1) : list(writer, inner, depth - 1);
      lines.push(`${pad(indent)}-${pad(width)}${(block[0] ?? '').trimStart()}`, ...block.slice(1));
    } else {
      const [first = '', ...rest] = value(writer, indent, depth, true);
      lines.push(`${pad(indent)}-${first}`, ...rest);
    }
  }
  return lines;
}

/** What stands behind a colon or dash: the rest of its line, and the lines below. */
function value(writer: Writer, indent: number, depth: number, inList: boolean): string[] {
  const { draw, step } = writer;
  const kind = draw.number(100);
  if (kind < 8) return [trailing(writer)];
  if (kind < 40) return [` ${anchored(writer, scalar(writer, false))}${trailing(writer)}`];
  if (kind < 50) return [` ${anchored(writer, flow(writer, 2))}${trailing(writer)}`];
  if (kind < 55) return flowOverLines(writer, indent);
  if (kind < 62) return blockScalar(writer, indent);
  if (kind < 65)
    return [` "two${trailing({ ...writer, draw: never })}`, `${pad(indent + step)}lines"${trailing(writer)}`];
  if (kind < 67) return [' two', `${pad(indent + step)}plain lines${trailing(writer)}`];
  if (kind < 70 && writer.anchors.length > 0) return [` *${draw.pick(writer.anchors)}${trailing(writer)}`];
  if (kind < 72) return [` !!str ${draw.number(9)}${trailing(writer)}`];
  if (depth === 0) return [` ${scalar(writer, false)}`];
  const name = draw.chance(8) ? `m${draw.fresh()}` : undefined;
  const first = `${name === undefined ? '' : ` &${name}`}${trailing(writer)}`;
  const above = draw.chance(10) ? [`${pad(indent + step)}${comment(writer)}`] : [];
  const isList = !inList && kind > 88;
  const at = isList ? indent + draw.pick([0, step]) : indent + step;
  const block = isList ? list(writer, at, depth - 1) : mapping(writer, at, depth - 1);
  if (name !== undefined) (isList ? writer.anchors : writer.mapAnchors).push(name);
  return [first, ...above, ...block];
}

function blockScalar(writer: Writer, indent: number): string[] {
  const { draw } = writer;
  const header = ` ${draw.pick(['|', '|', '|-', '|+', '>', '>-'])}${trailing(writer)}`;
  const body = pad(indent + 1 + draw.number(4));
  const lines = Array.from(
    { length: 1 + draw.number(3) },
    () => `${body}${draw.pick(['text', 'a: b', '# no comment', '- x'])}`,
  );
  if (draw.chance(30)) lines.splice(1, 0, '');
  return [header, ...lines, ...(draw.chance(20) ? [''] : [])];
}

function flowOverLines(writer: Writer, indent: number): string[] {
  const { draw, step } = writer;
  const inner = pad(indent + step);
  const isMap = draw.chance(60);
  const entries = Array.from({ length: 1 + draw.number(3) }, () =>
    isMap ? `${key(writer)}: ${flow(writer, 1)}` : flow(writer, 1),
  );
  const lastComma = draw.chance(30) ? ',' : '';
  const lines = entries.map((entry, index) => {
    return `${inner}${entry}${index < entries.length - 1 ? ',' : lastComma}${trailing(writer)}`;
  });
  return [` ${isMap ? '{' : '['}`, ...lines, `${pad(indent + 1)}${isMap ? '}' : ']'}${trailing(writer)}`];
}

function flow(writer: Writer, depth: number): string {
  const { draw } = writer;
  const kind = draw.number(10);
  if (depth === 0 || kind < 4) return scalar(writer, true);
  const padding = draw.chance(30) ? ' ' : '';
  const comma = draw.pick([', ', ', ', ',  ']);
  const count = draw.number(4);
  if (count === 0) return kind < 7 ? '{}' : '[]';
  const entries = Array.from({ length: count }, () =>
    kind < 7
      ? `${key(writer)}${draw.chance(5) ? '' : `: ${flow(writer, depth - 1)}`}`
      : flow(writer, depth - 1),
  );
  const inside = `${padding}${entries.join(comma)}${draw.chance(8) ? ',' : ''}${padding}`;
  return kind < 7 ? `{${inside}}` : `[${inside}]`;
}

function scalar({ draw }: Writer, inFlow: boolean): string {
  const text = draw.pick(ODD_STRINGS);
  switch (draw.number(6)) {
    case 0:
      return JSON.stringify(text);
    case 1:
      return /[\p{Cc}\u2028]/u.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
    case 2:
      return draw.pick(['1', '-2.50', '0x1F', '1e3', '.5', '12345678901234567890', '.inf']);
    case 3:
      return draw.pick(['true', 'False', '~', 'null', 'yes', 'off']);
    default:
      return draw.pick([
        'plain',
        'two words',
        'http://a:1/b#c',
        '15s',
        '$x',
        inFlow ? 'x' : 'a, {b} [c]',
        'ünï 😀',
        '0456',
      ]);
  }
}

function key({ draw }: Writer): string {
  const name = `${draw.pick(['name', 'type', 'uid', 'k', 'ü'])}${draw.fresh()}`;
  return draw.pick([name, name, name, `"${name}"`, `'${name}'`, `${draw.fresh()}`, `two words ${name}`]);
}

function anchored(writer: Writer, text: string): string {
  if (!writer.draw.chance(6)) return text;
  const name = `s${writer.draw.fresh()}`;
  writer.anchors.push(name);
  return `&${name} ${text}`;
}

function between(writer: Writer, indent: number): string[] {
  const { draw } = writer;
  if (draw.chance(12)) return [`${pad(indent)}${comment(writer)}`];
  return draw.chance(8) ? [''] : [];
}

function trailing(writer: Writer): string {
  return writer.draw.chance(15) ? `${writer.draw.pick([' ', '  '])}${comment(writer)}` : '';
}

/** Every comment is told from every other, so that one that is lost can be named. */
function comment({ draw }: Writer): string {
  return `# comment ${draw.fresh()}.`;
}

const never: Draw = {
  number: () => 0,
  chance: () => false,
  pick: ([first]) => first as never,
  fresh: () => 0,
};

function pad(columns: number): string {
  return ' '.repeat(columns);
}
