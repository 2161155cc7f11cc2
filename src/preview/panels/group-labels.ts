import { fitted, textAt, textWidth } from '../draw/text.ts';
import { number, object } from '../field/json.ts';
import type { Box } from '../model.ts';
import type { SeriesDrawing } from './panel-drawing.ts';

const SIZE = 12;
/** Between bars and the names of their groups. */
const GAP = 15;

/** Names are cut to the room of their group; where that is less than these pixels, some are left out instead. */
const LEAST_ROOM = 36;

/** The names of groups of bars, and how many of them have room. */
export interface GroupLabels {
  readonly texts: readonly string[];
  /** Pixels that they take below the bars, or left of them. */
  readonly size: number;
  /** Pixels that the last one, or the first one, reaches beyond its group. */
  readonly overhang: number;
  /** Degrees, clockwise. */
  readonly rotation: number;
  /** Every how-manieth is drawn. */
  readonly every: number;
  /** Which is drawn first. */
  readonly first: number;
}

/** Cuts and turns names as the panel's options say, and leaves out those that would lie upon each other. */
export function groupLabels(
  { panel }: SeriesDrawing,
  groups: readonly string[],
  isUpright: boolean,
  box: Box,
): GroupLabels {
  const options = object(panel.json.options);
  if (!isUpright) {
    const texts = groups.map((group) => fitted(group, Math.max(20, box.width * 0.3), SIZE));
    const every = Math.ceil((SIZE + 4) / Math.max(1, (box.height - 40) / groups.length));
    return { texts, size: widest(texts), overhang: 0, rotation: 0, every: Math.max(1, every), first: 0 };
  }
  const most = number(options.xTickLabelMaxLength);
  // Grafana cuts to no characters at all where the option is 0.
  const cut =
    most === undefined
      ? groups
      : groups.map((group) => (group.length > most ? `${group.slice(0, Math.max(0, most))}...` : group));
  const rotation = Math.min(90, Math.max(-90, number(options.xTickLabelRotation) ?? 0));
  const each = Math.max(1, (box.width - 60) / groups.length);
  const room = rotation !== 0 ? Math.max(40, box.height * 0.4) : each < LEAST_ROOM ? 60 : each - 6;
  const texts = cut.map((text) => fitted(text, room, SIZE));
  const sine = Math.abs(Math.sin((rotation * Math.PI) / 180));
  const needed = rotation === 0 ? widest(texts) + 6 : SIZE + 4;
  const spacing = number(options.xTickLabelSpacing) ?? 0;
  const wanted = spacing === 0 ? 0 : Math.abs(spacing);
  const every = Math.max(1, Math.ceil(Math.max(needed, wanted) / each));
  return {
    texts,
    size: rotation === 0 ? 2 * SIZE : GAP + sine * widest(texts),
    overhang: rotation === 0 ? 0 : Math.sqrt(1 - sine ** 2) * widest(texts),
    rotation,
    every,
    first: spacing < 0 ? (groups.length - 1) % every : 0,
  };
}

/** The names at the middles of their groups. */
export function groupTexts(
  { texts, every, first, rotation }: GroupLabels,
  plot: Box,
  isUpright: boolean,
  middles: readonly number[],
  { theme, box }: SeriesDrawing,
): string[] {
  const style = { size: SIZE, color: theme.text };
  return texts.flatMap((text, index) => {
    if (index % every !== first) return [];
    const middle = middles[index] ?? 0;
    if (!isUpright)
      return [textAt(text, plot.x - GAP, plot.y + middle * plot.height, { ...style, anchor: 'end' })];
    const x = plot.x + middle * plot.width;
    const y = plot.y + plot.height + GAP;
    if (rotation !== 0) {
      const turned = textAt(text, 0, 0, { ...style, anchor: rotation > 0 ? 'start' : 'end' });
      return [
        `<g transform="translate(${Math.round(x)} ${Math.round(y)}) rotate(${rotation})">${turned}</g>`,
      ];
    }
    const half = textWidth(text, SIZE) / 2;
    if (x - half < box.x || x + half > box.x + box.width) return [];
    return [textAt(text, x, y + SIZE / 2, { ...style, anchor: 'middle' })];
  });
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, textWidth(text, SIZE)), 0);
}
