import type { Box } from '../model.ts';
import { element } from './svg.ts';

/** A rectangle and what it is filled with. */
export interface FilledBox {
  readonly box: Box;
  readonly color: string;
}

/**
 * Rectangles with an edge of their own colour inside of them: one path for each colour, because there can be thousands.
 *
 * @param opacity of the filling, from 0 to 1
 * @param line pixels of the edge
 */
export function filledBoxes(boxes: readonly FilledBox[], opacity: number, line: number): string {
  const paths = new Map<string, string[]>();
  for (const { box, color } of boxes) {
    const { x, y, width, height } = box;
    const edge = Math.min(line, width / 2, height / 2);
    const path = paths.get(color) ?? [];
    path.push(
      `M${round(x + edge / 2)} ${round(y + edge / 2)}h${round(width - edge)}v${round(height - edge)}h${round(edge - width)}Z`,
    );
    paths.set(color, path);
  }
  return [...paths]
    .map(([color, path]) =>
      element('path', {
        d: path.join(''),
        fill: color,
        'fill-opacity': opacity,
        stroke: line > 0 ? color : undefined,
        'stroke-width': line > 0 ? line : undefined,
      }),
    )
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
