import type { Theme } from './theme.ts';

/** Red, green and blue from 0 to 255, and how opaque it is, from 0 to 1. */
type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** White or black: what can be read on a colour that covers the panel with some opacity, by Grafana's measure. */
export function contrastText(color: string, opacity: number, theme: Theme): string {
  const [red, green, blue] = onPanel(color, opacity, theme);
  // The contrast ratio of WCAG: 3 is enough for Grafana.
  return 1.05 / (luminance([red, green, blue, 1]) + 0.05) >= 3 ? '#ffffff' : '#000000';
}

/** The colour at a share, 0 to 1, of the way through others: a smooth curve past those in the middle. */
export function mixedColor(colors: readonly string[], share: number): string {
  const points = colors.map(rgbaOf);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '#808080';
  if (points.length === 1) return hex(first);
  const parts = points.length - 1;
  const index = Math.min(parts - 1, Math.max(0, Math.floor(share * parts)));
  const rest = Math.min(1, Math.max(0, share)) * parts - index;
  // A uniform cubic B-spline; the points beyond its ends are mirrored, so that it begins and ends on them.
  const [b, c] = [points[index] ?? first, points[index + 1] ?? last];
  const [a, d] = [points[index - 1] ?? mirrored(b, c), points[index + 2] ?? mirrored(c, b)];
  const mixed = [0, 1, 2].map((channel) => {
    const at = (point: Rgba) => point[channel] ?? 0;
    const t = rest;
    return (
      ((1 - t) ** 3 * at(a) +
        (4 - 6 * t ** 2 + 3 * t ** 3) * at(b) +
        (1 + 3 * t + 3 * t ** 2 - 3 * t ** 3) * at(c) +
        t ** 3 * at(d)) /
      6
    );
  });
  return hex([mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0, 1]);
}

/** A colour with another lightness, by a part of the way from black to white, and another hue, by degrees. */
export function shifted(color: string, lightness: number, degrees: number): string {
  const [red, green, blue] = rgbaOf(color).map((channel) => channel / 255) as unknown as Rgba;
  const [low, high] = [Math.min(red, green, blue), Math.max(red, green, blue)];
  const spread = high - low;
  const light = (high + low) / 2;
  const saturation = spread === 0 ? 0 : spread / (1 - Math.abs(2 * light - 1));
  const sector =
    spread === 0
      ? 0
      : high === red
        ? (green - blue) / spread
        : high === green
          ? 2 + (blue - red) / spread
          : 4 + (red - green) / spread;
  const hue = (sector * 60 + degrees + 360) % 360;
  const target = Math.min(1, Math.max(0, light + lightness));
  // The channels of HSL: each is highest at its own hue.
  const channel = (offset: number) => {
    const place = (offset + hue / 30) % 12;
    const height = Math.max(-1, Math.min(place - 3, 9 - place, 1));
    return 255 * (target - saturation * Math.min(target, 1 - target) * height);
  };
  return hex([channel(0), channel(8), channel(4), 1]);
}

function mirrored(around: Rgba, point: Rgba): Rgba {
  return [0, 1, 2, 3].map((channel) => 2 * (around[channel] ?? 0) - (point[channel] ?? 0)) as unknown as Rgba;
}

function onPanel(color: string, opacity: number, { panel }: Theme): Rgba {
  const [front, back] = [rgbaOf(color), rgbaOf(panel)];
  const alpha = front[3] * opacity;
  const over = (channel: 0 | 1 | 2) => alpha * front[channel] + (1 - alpha) * back[channel];
  return [over(0), over(1), over(2), 1];
}

/** Relative luminance as WCAG defines it. */
function luminance(color: Rgba): number {
  const linear = (channel: 0 | 1 | 2) => {
    const share = color[channel] / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2);
}

/** A colour as CSS writes it; grey where it is none, and `none` is transparent. */
function rgbaOf(color: string): Rgba {
  const digits = /^#([0-9a-f]{3,8})$/i.exec(color)?.[1];
  if (digits !== undefined) {
    const each = digits.length < 6 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
    const [red = 0, green = 0, blue = 0, alpha = 255] = each.map((pair) => Number.parseInt(pair, 16));
    return [red, green, blue, alpha / 255];
  }
  const [red, green, blue, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (red === undefined || green === undefined || blue === undefined)
    return [128, 128, 128, color === 'none' ? 0 : 1];
  return [red, green, blue, Math.min(1, alpha)];
}

function hex([red, green, blue]: Rgba): string {
  const digits = [red, green, blue].map((channel) =>
    Math.round(Math.min(255, Math.max(0, channel)))
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${digits.join('')}`;
}
