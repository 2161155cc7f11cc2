import type { DatasourceRef, DatasourceUse } from './datasource.ts';
import type { Location, PropertyPath } from './source-file.ts';

/** A dashboard in the classic JSON shape, as file provisioning reads it. */
export interface Dashboard {
  /** Path of the JSON file below the workspace root. */
  readonly file: string;
  /** Undefined when missing, empty or not a string: Grafana then makes up a random one. */
  readonly uid: string | undefined;
  /** `''` when missing or not a string: Grafana then refuses the file. */
  readonly title: string;
  readonly schemaVersion: number | undefined;
  /** All panels in file order, those inside collapsed rows too; rows themselves are `rows`. */
  readonly panels: readonly Panel[];
  readonly rows: readonly Panel[];
  readonly variables: readonly Variable[];
  /** Every place that names a datasource and is really queried, panels and queries included. */
  readonly datasourceUses: readonly DatasourceUse[];
  readonly origin: DashboardOrigin;
  /** The file's root value (the classic dashboard object). */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Who wrote the file; rules do not look at it, only reports do. */
export type DashboardOrigin =
  | { readonly kind: 'file' }
  /** `file` is the TypeScript module below the workspace root. */
  | { readonly kind: 'definition'; readonly file: string };

/** One panel (or row). */
export interface Panel {
  readonly id: number | undefined;
  readonly title: string;
  /** Visualization, such as `timeseries`. */
  readonly type: string;
  /** Position on the grid of 24 columns; undefined when missing or not numbers. */
  readonly gridPos: GridPosition | undefined;
  /** Inside a collapsed row: not drawn until opened, so it does not overlap anything. */
  readonly collapsed: boolean;
  readonly datasource: DatasourceRef;
  readonly queries: readonly PanelQuery[];
  /** `fieldConfig.defaults.unit` */
  readonly unit: string | undefined;
  /** Path of the panel in the file, for locations below it. */
  readonly path: PropertyPath;
  readonly at: Location;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Columns and rows; a row is 30 pixels and a gap of 8 high. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** One question to a datasource. */
export interface Query {
  /** What the datasource it goes to speaks; `unknown` when that cannot be told or is not one of ours. */
  readonly language: QueryLanguage;
  /** Text of the query; `''` when it has none. */
  readonly expr: string;
  /** Asked for one point in time only. */
  readonly instant: boolean;
  /** The datasource it goes to. */
  readonly datasource: DatasourceRef;
  readonly at: Location;
  /** The place of the query's text. */
  readonly exprAt: Location;
}

/**
 * One of a panel's queries: an item of the JSON key `targets`. It goes to the panel's own datasource, unless that is
 * Mixed.
 */
export interface PanelQuery extends Query {
  readonly refId: string | undefined;
  readonly legend: string | undefined;
  readonly hidden: boolean;
}

/** The query languages that panelproof reads. */
export type QueryLanguage = 'promql' | 'logql' | 'traceql' | 'unknown';

/** One item of `templating.list`. */
export interface Variable {
  readonly name: string;
  /** `query`, `custom`, `datasource`, `interval`, `constant`, `textbox`, `adhoc`, … */
  readonly type: string;
  /** A query variable's query, or a datasource variable's plugin id. */
  readonly query: string | undefined;
  /** The place of that text. */
  readonly queryAt: Location;
  /** What a query variable's datasource speaks; `unknown` for variables of other types. */
  readonly language: QueryLanguage;
  /** Where a query variable's query goes. */
  readonly datasource: DatasourceRef;
  /** Which of the values a variable takes, as written: `/^prod/`, or a pattern of the whole value. */
  readonly regex: string | undefined;
  /** The values it can take, where the file lists them. */
  readonly options: readonly string[];
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly current: readonly string[];
  readonly at: Location;
}
