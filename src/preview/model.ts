import type { Panel } from '../model/dashboard.ts';

/** Milliseconds since 1970, both ends included, and the zone in which times are written. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
  /** An IANA name such as `UTC`. */
  readonly timeZone: string;
}

/** One line of numbers. */
export interface Series {
  /** The query it answers. */
  readonly refId: string;
  /** As the legend shows it. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, rising. */
  readonly times: readonly number[];
  /** As long as `times`; null is a gap. NaN and infinities are what the query gave. */
  readonly values: readonly (number | null)[];
}

/** A line of a log. */
export interface LogLine {
  readonly time: number;
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a panel's queries answered. */
export type PanelData =
  | { readonly kind: 'series'; readonly series: readonly Series[]; readonly notes: readonly string[] }
  | { readonly kind: 'logs'; readonly lines: readonly LogLine[]; readonly notes: readonly string[] }
  /** Nothing is asked: a text panel, a row. */
  | { readonly kind: 'none' }
  | { readonly kind: 'empty'; readonly notes: readonly string[] }
  | { readonly kind: 'error'; readonly message: string };

/** Dark or light, as Grafana's two themes. */
export type ThemeName = 'dark' | 'light';

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels from the left and the top. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** A panel with its place on the picture and what it shows. */
export interface DrawnPanel {
  readonly panel: Panel;
  readonly box: Box;
  readonly data: PanelData;
  /** Messages of findings that stand on it. */
  readonly findings: readonly string[];
}
