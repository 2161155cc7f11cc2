import { type FontWeight, interWidths } from './inter-font.ts';
import { element, escapeXml } from './svg.ts';

/** The font of Grafana 12, and what stands in for it where it is not installed. */
export const FONT_FAMILY = 'Inter, Helvetica, Arial, sans-serif';

/** How a line of text looks. */
export interface TextStyle {
  /** Pixels. */
  readonly size: number;
  readonly color: string;
  readonly weight?: FontWeight;
  /** Which part of the text stands at `x`; default `start`. */
  readonly anchor?: 'start' | 'middle' | 'end';
}

const widths = new Map<FontWeight, ReadonlyMap<number, number>>();

/** Pixels that a line of text takes in Inter. Ideographs and emoji count as squares. */
export function textWidth(text: string, size: number, weight: FontWeight = 400): number {
  let known = widths.get(weight);
  if (!known) {
    known = interWidths(weight);
    widths.set(weight, known);
  }
  let sum = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    sum += known.get(code) ?? (code < 0x300 ? 650 : code < 0x36f ? 0 : code < 0x1100 ? 750 : 1100);
  }
  return (sum * size) / 1000;
}

/** A text cut at the end, with an ellipsis, so that it is at most `width` pixels wide. */
export function fitted(text: string, width: number, size: number, weight: FontWeight = 400): string {
  // Nothing longer than this fits a panel, and data can hold texts of any length.
  const line = [...text.slice(0, 2000).replace(/\s+/g, ' ')];
  if (text.length <= 2000 && textWidth(line.join(''), size, weight) <= width) return line.join('');
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(`${line.slice(0, middle).join('')}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${line.slice(0, low).join('').trimEnd()}…`;
}

/** A text as lines of at most `width` pixels, broken at spaces; at most `most` lines, the last one cut. */
export function wrapped(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.slice(0, 20_000).split('\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line === '' || textWidth(longer, size) <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
      if (lines.length >= most) break;
    }
    lines.push(line);
    if (lines.length >= most) break;
  }
  return lines.slice(0, most).map((line) => fitted(line, width, size));
}

/** A line of text whose middle is at height `y`. */
export function textAt(text: string, x: number, y: number, style: TextStyle): string {
  const { size, color, weight, anchor } = style;
  // Not `dominant-baseline`: programs disagree about it. Half of Inter's capital height is 0.364 of its size.
  return element(
    'text',
    {
      x,
      y: y + 0.364 * size,
      'font-size': size,
      'font-weight': weight === 500 ? 500 : undefined,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      fill: color,
    },
    escapeXml(text) || ' ',
  );
}
