/** What two states of a tree differ in, by meaning. Empty lists mean "no change". */
export interface TreeDiff {
  /** Dashboards in the order of their titles. */
  readonly dashboards: readonly ItemDiff[];
  /** Datasources, deletions and providers of provisioning files. */
  readonly provisioning: readonly ItemDiff[];
}

/** What an item is. */
export type Noun =
  | 'dashboard'
  | 'panel'
  | 'row'
  | 'query'
  | 'variable'
  | 'annotation'
  | 'link'
  | 'datasource'
  | 'deletion'
  | 'provider';

/** One item and what happened to it; items contain items: dashboards panels, panels queries. */
export type ItemDiff =
  | { readonly kind: 'added' | 'removed'; readonly of: Noun; readonly item: Item }
  | ChangedItem;

/** An item that is on both sides. */
export interface ChangedItem {
  readonly kind: 'changed';
  readonly of: Noun;
  readonly before: Item;
  readonly after: Item;
  /** Of the item itself. */
  readonly changes: readonly Change[];
  /** Of what it contains. */
  readonly items: readonly ItemDiff[];
}

/** How an item is spoken of. */
export interface Item {
  /** Title, name or refId; `''` when it has none. */
  readonly name: string;
  /** A panel's or variable's type, a dashboard's uid; whatever tells two of a name apart. */
  readonly detail?: string | undefined;
  /** Path below the root, for dashboards and provisioning. */
  readonly file?: string | undefined;
  /** The text of a query. */
  readonly text?: string | undefined;
  /** What an added or removed item brings or takes: the queries of a panel, the panels of a dashboard. */
  readonly contains?: readonly Item[] | undefined;
}

/** One thing that changed in an item. */
export type Change =
  | { readonly kind: 'renamed'; readonly before: string; readonly after: string }
  | { readonly kind: 'moved'; readonly before: Place; readonly after: Place }
  | { readonly kind: 'resized'; readonly before: Size; readonly after: Size }
  /** Code in a query language. */
  | { readonly kind: 'text'; readonly what: string; readonly before: string; readonly after: string }
  /** A setting. Undefined: not set, or set to what Grafana fills in by itself. */
  | {
      readonly kind: 'value';
      /** In the words of Grafana's editor: `unit`, `thresholds`, `legend`. */
      readonly what: string;
      /** The property below it, such as `placement`; `''` for the whole. */
      readonly path: string;
      readonly before: unknown;
      readonly after: unknown;
    };

/** Where a panel stands: column and row of the grid, and the title of the row it belongs to. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly row?: string | undefined;
}

/** Columns and rows of the grid. */
export interface Size {
  readonly w: number;
  readonly h: number;
}
