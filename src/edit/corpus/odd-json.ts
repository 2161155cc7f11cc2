import { type Draw, ODD_STRINGS } from './draw.ts';

/** A JSON text in any layout: tabs, any indentation, one line, blanks anywhere, odd numbers and escapes, any line end. */
export function oddJson(draw: Draw): string {
  const eol = draw.pick(['\n', '\n', '\r\n']);
  const layout: Layout = {
    eol,
    indent: draw.pick(['  ', '    ', '\t', ' ', '']),
    tidy: draw.chance(60),
    spread: draw.chance(75),
  };
  const text = draw.chance(90) ? object(draw, layout, '', 4) : array(draw, layout, '', 4);
  return `${draw.chance(15) ? '\uFEFF' : ''}${text}${draw.chance(70) ? eol : ''}`;
}

interface Layout {
  readonly eol: string;
  readonly indent: string;
  /** No blanks but those of the layout. */
  readonly tidy: boolean;
  /** Children on lines of their own. */
  readonly spread: boolean;
}

function value(draw: Draw, layout: Layout, at: string, depth: number): string {
  const kind = draw.number(10);
  if (depth > 0 && kind < 4) return object(draw, layout, at, depth - 1);
  if (depth > 0 && kind < 6) return array(draw, layout, at, depth - 1);
  if (kind < 8) return JSON.stringify(draw.pick(ODD_STRINGS));
  return draw.pick(['1', '-0.50', '1e3', '12345678901234567890', 'true', 'false', 'null', '"\\u0061\\/"']);
}

function object(draw: Draw, layout: Layout, at: string, depth: number): string {
  const names = Array.from({ length: draw.number(5) }, () => name(draw));
  const colon = layout.tidy ? (layout.spread ? ': ' : ':') : draw.pick([':', ' : ', ': ', ':  ']);
  return container(draw, layout, at, '{}', [...new Set(names)], (key, inner) => {
    return `${JSON.stringify(key)}${colon}${value(draw, layout, inner, depth)}`;
  });
}

function array(draw: Draw, layout: Layout, at: string, depth: number): string {
  const items = Array.from({ length: draw.number(4) }, (_, index) => String(index));
  return container(draw, layout, at, '[]', items, (_, inner) => value(draw, layout, inner, depth));
}

function container(
  draw: Draw,
  layout: Layout,
  at: string,
  brackets: '{}' | '[]',
  names: readonly string[],
  child: (name: string, at: string) => string,
): string {
  const [open, close] = brackets;
  const spread = layout.tidy ? layout.spread : draw.chance(50);
  const blank = layout.tidy ? '' : draw.pick(['', ' ', '\t', layout.eol]);
  if (names.length === 0) return `${open}${blank}${close}`;
  const inner = at + layout.indent;
  const gap = spread ? layout.eol + inner : blank;
  const end = spread ? layout.eol + at : blank;
  return `${open}${gap}${names.map((key) => child(key, inner)).join(`,${gap}`)}${end}${close}`;
}

function name(draw: Draw): string {
  return draw.pick([
    `k${draw.fresh()}`,
    `k${draw.fresh()}`,
    'title',
    'uid',
    '__proto__',
    'constructor',
    '',
    'a.b',
    ...ODD_STRINGS,
  ]);
}
