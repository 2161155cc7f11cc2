import { type Json, number, text } from '../field/json.ts';
import { namedColor, type Theme } from './theme.ts';

/** From the lightest to the darkest: the schemes of ColorBrewer that Grafana's heatmaps have by these names. */
const SCHEMES: Readonly<Record<string, string | undefined>> = {
  __proto__: null as never,
  Oranges: 'fff5eb fee6ce fdd0a2 fdae6b fd8d3c f16913 d94801 a63603 7f2704',
  Reds: 'fff5f0 fee0d2 fcbba1 fc9272 fb6a4a ef3b2c cb181d a50f15 67000d',
  Blues: 'f7fbff deebf7 c6dbef 9ecae1 6baed6 4292c6 2171b5 08519c 08306b',
  Greens: 'f7fcf5 e5f5e0 c7e9c0 a1d99b 74c476 41ab5d 238b45 006d2c 00441b',
  Purples: 'fcfbfd efedf5 dadaeb bcbddc 9e9ac8 807dba 6a51a3 54278f 3f007d',
  Greys: 'ffffff f0f0f0 d9d9d9 bdbdbd 969696 737373 525252 252525 000000',
};
/** Grafana turns this one round in both themes: blue is little, red is much. */
const SPECTRAL = '5e4fa2 3288bd 66c2a5 abdda4 e6f598 ffffbf fee08b fdae61 f46d43 d53e4f 9e0142';

/** How much becomes which colour: the panel's `options.color`, with Grafana's defaults; unknown schemes are Oranges. */
export interface HeatScale {
  /** From nothing to the most. */
  readonly colors: readonly string[];
  /** From a share of the most, 0 to 1, to a place in the colours. */
  readonly placeOf: (share: number) => number;
}

/** The scale of a heatmap. */
export function heatScale(color: Json, theme: Theme): HeatScale {
  const exponent = color.scale === 'linear' ? 1 : Math.min(2, Math.max(0.01, number(color.exponent) ?? 0.5));
  return { colors: colorsOf(color, theme), placeOf: (share) => share ** exponent };
}

function colorsOf(color: Json, theme: Theme): readonly string[] {
  if (color.mode === 'opacity')
    return [theme.panel, namedColor(text(color.fill) ?? 'dark-orange', theme.name)];
  if (color.scheme === 'Spectral') return turned(hex(SPECTRAL), color.reverse === true);
  const colors = hex(SCHEMES[text(color.scheme) ?? ''] ?? SCHEMES.Oranges ?? '');
  // What is little looks like the canvas.
  return turned(colors, (theme.name === 'dark') !== (color.reverse === true));
}

function hex(digits: string): readonly string[] {
  return digits.split(' ').map((each) => `#${each}`);
}

function turned(colors: readonly string[], isTurned: boolean): readonly string[] {
  return isTurned ? [...colors].reverse() : colors;
}
