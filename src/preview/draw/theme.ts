import type { ThemeName } from '../model.ts';

/** The colours of one of Grafana's themes, as Grafana 12.2 has them. */
export interface Theme {
  readonly name: ThemeName;
  readonly canvas: string;
  readonly panel: string;
  readonly border: string;
  readonly text: string;
  readonly secondary: string;
  readonly grid: string;
  readonly error: string;
  readonly warning: string;
  readonly link: string;
}

/** Both themes. Colours are opaque where transparent ones would be drawn differently by different programs. */
export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  dark: {
    name: 'dark',
    canvas: '#111217',
    panel: '#181b1f',
    border: '#2e3036',
    text: '#ccccdc',
    secondary: '#9d9da9',
    grid: '#2b2d33',
    error: '#ff5286',
    warning: '#fbad37',
    link: '#6e9fff',
  },
  light: {
    name: 'light',
    canvas: '#f4f5f5',
    panel: '#ffffff',
    border: '#e5e6e6',
    text: '#24292e',
    secondary: '#5b5f63',
    grid: '#e6e7e7',
    error: '#cf0e5b',
    warning: '#b5510d',
    link: '#1f62e0',
  },
};

/** A hue from the darkest shade to the lightest; the dark theme begins one shade lighter than the light one. */
const SHADES: Readonly<Record<string, readonly string[]>> = {
  red: ['#AD0317', '#C4162A', '#E02F44', '#F2495C', '#FF7383', '#FFA6B0'],
  orange: ['#E55400', '#FA6400', '#FF780A', '#FF9830', '#FFB357', '#FFCB7D'],
  yellow: ['#CC9D00', '#E0B400', '#F2CC0C', '#FADE2A', '#FFEE52', '#FFF899'],
  green: ['#19730E', '#37872D', '#56A64B', '#73BF69', '#96D98D', '#C8F2C2'],
  blue: ['#1250B0', '#1F60C4', '#3274D9', '#5794F2', '#8AB8FF', '#C0D8FF'],
  purple: ['#7C2EA3', '#8F3BB8', '#A352CC', '#B877D9', '#CA95E5', '#DEB6F2'],
};
const STEPS = ['dark', 'semi-dark', '', 'light', 'super-light'];

/** Colours of lines in their order; after these the round begins again (Grafana has some 40 more). */
const PALETTE = [
  ...['green', 'yellow', 'blue', 'orange', 'red', 'purple'],
  ...['dark-green', 'dark-yellow', 'dark-blue', 'dark-orange', 'dark-red', 'dark-purple'],
  ...['super-light-green', 'super-light-yellow', 'super-light-blue'],
  ...['super-light-orange', 'super-light-red', 'super-light-purple'],
  ...['#447EBC', '#C15C17', '#890F02', '#0A437C', '#6D1F62', '#584477', '#B7DBAB', '#F4D598', '#70DBED'],
  ...['#F9BA8F', '#F29191', '#82B5D8', '#E5A8E2', '#AEA2E0', '#629E51', '#E5AC0E', '#64B0C8', '#E0752D'],
];

/** The colour of the line with this number, counted from 0. */
export function paletteColor(index: number, theme: ThemeName): string {
  return namedColor(PALETTE[index % PALETTE.length] ?? 'green', theme);
}

/**
 * A colour by one of Grafana's names (`semi-dark-red`) or as CSS writes it (`#f00`, `rgb(…)`). Anything else is the
 * text's colour: what a dashboard says never gets into the picture unread.
 */
export function namedColor(name: string, theme: ThemeName): string {
  const match = /^(?:(semi-dark|dark|super-light|light)-)?(red|orange|yellow|green|blue|purple)$/.exec(name);
  const shade = SHADES[match?.[2] ?? '']?.[STEPS.indexOf(match?.[1] ?? '') + (theme === 'dark' ? 1 : 0)];
  if (match && shade) return shade;
  if (/^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(name)) return name;
  if (/^rgba?\([\d\s.,%/]+\)$/.test(name)) return name;
  if (name === 'transparent') return 'none';
  return PLAIN[name] ?? THEMES[theme].text;
}

const PLAIN: Readonly<Record<string, string | undefined>> = {
  __proto__: null as never,
  white: '#ffffff',
  black: '#000000',
  gray: '#808080',
  grey: '#808080',
  cyan: '#00ffff',
  magenta: '#ff00ff',
  brown: '#a52a2a',
  pink: '#ffc0cb',
};
