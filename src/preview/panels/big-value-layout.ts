import { textWidth } from '../draw/text.ts';
import { type FormattedValue, plainText } from '../format/format-value.ts';
import type { Size } from '../model.ts';

/** How one value of a stat is laid out. Sizes are pixels. */
export interface BigValueLayout {
  readonly isWide: boolean;
  readonly padding: number;
  readonly valueSize: number;
  readonly nameSize: number;
  /** 0 without a chart. */
  readonly chartHeight: number;
}

/** Height of a line of text in font sizes. */
export const LINE_HEIGHT = 1.2;
const MAX_NAME_SIZE = 30;
/** From this width-to-height ratio on, the name stands beside the value. */
const WIDE = 2.5;

/** Chooses text sizes as Grafana does: as large as the space lets them be, with fixed shares for name and chart. */
export function bigValueLayout(
  size: Size,
  { name, value, hasChart, wide }: { name: string; value: FormattedValue; hasChart: boolean; wide: boolean },
): BigValueLayout {
  const padding = size.height > 100 ? 12 : 8;
  const width = Math.max(1, size.width - 2 * padding);
  const height = Math.max(1, size.height - 2 * padding);
  const text = plainText(value);
  if (wide && size.width / size.height > WIDE) {
    const valueShare = hasChart ? 0.45 : name === '' ? 1 : 0.3;
    const valueSize = fontSize(text, width * valueShare, height * (hasChart ? 0.5 : 1), 500);
    const nameSize =
      name === ''
        ? 0
        : Math.min(
            MAX_NAME_SIZE,
            valueSize,
            fontSize(name, width * (hasChart ? 0.55 : 0.65), height * (hasChart ? 0.4 : 1)),
          );
    return { isWide: true, padding, valueSize, nameSize, chartHeight: hasChart ? size.height * 0.5 : 0 };
  }
  const nameSize =
    name === '' ? 0 : Math.min(MAX_NAME_SIZE, fontSize(name, width, size.height * (hasChart ? 0.15 : 0.2)));
  const chartHeight = hasChart ? size.height * 0.25 : 0;
  const valueSize = fontSize(text, width, height - chartHeight - nameSize * LINE_HEIGHT, 500);
  // A chart takes the height that the texts leave.
  const free = size.height - 2 * padding - (nameSize + valueSize) * LINE_HEIGHT;
  return {
    isWide: false,
    padding,
    valueSize,
    nameSize: Math.min(nameSize, valueSize),
    chartHeight: hasChart ? Math.max(chartHeight, free) : 0,
  };
}

function fontSize(text: string, width: number, height: number, weight: 400 | 500 = 400): number {
  const widthAtOne = textWidth(text, 1, weight) || 1;
  return Math.max(0.1, Math.min(width / widthAtOne, height / LINE_HEIGHT));
}
