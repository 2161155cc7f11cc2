/** Columns of Grafana's grid. */
export const GRID_COLUMNS = 24;

/** Rows of panels, from top to bottom, by the keys that the dashboard gives its panels. */
export type Layout<Key extends string> = readonly (LayoutRow<Key> | LayoutSection<Key>)[];

/** Panels side by side. */
export interface LayoutRow<out Key extends string> {
  readonly kind: 'row';
  /** In grid rows; 8 is about 300 pixels. */
  readonly height: number;
  readonly cells: readonly LayoutCell<Key>[];
}

/** One panel in a row; without a width it shares what the others leave. */
export interface LayoutCell<out Key extends string> {
  readonly key: Key;
  /** In columns of 24. */
  readonly width: number | undefined;
}

/** Rows under a heading that can be folded. */
export interface LayoutSection<out Key extends string> {
  readonly kind: 'section';
  readonly title: string;
  readonly collapsed: boolean;
  readonly rows: readonly LayoutRow<Key>[];
}

/**
 * A row of panels: `row(8, 'rate', 'errors')` gives each half of the 24 columns, `row(8, ['rate', 16], 'errors')` says
 * that `rate` takes 16 of them.
 *
 * @throws RangeError when the widths do not fit into 24 columns
 */
export function row<const Key extends string = never>(
  height: number,
  ...cells: readonly (Key | readonly [Key, number])[]
): LayoutRow<Key> {
  const given = cells.map((cell) =>
    typeof cell === 'string' ? { key: cell, width: undefined } : { key: cell[0], width: cell[1] },
  );
  const used = given.reduce((sum, { width }) => sum + (width ?? 1), 0);
  if (used > GRID_COLUMNS || given.some(({ width }) => width !== undefined && (width < 1 || width % 1 !== 0)))
    throw new RangeError(
      `row(${height}, …): the panels' widths do not fit into ${GRID_COLUMNS} whole columns`,
    );
  if (!(height >= 1) || height % 1 !== 0)
    throw new RangeError(`row(${height}, …): the height must be a whole number of at least 1`);
  return { kind: 'row', height, cells: given };
}

/** A heading over rows; folded ones load their panels when they are opened. */
export function section<const Key extends string = never>(
  title: string,
  rows: readonly LayoutRow<Key>[],
  options: { readonly collapsed?: boolean } = {},
): LayoutSection<Key> {
  return { kind: 'section', title, rows, collapsed: options.collapsed ?? false };
}

/** The columns of each cell: what the given widths leave is shared, the first ones get what does not divide. */
export function widthsOf(cells: readonly LayoutCell<string>[]): number[] {
  const free = GRID_COLUMNS - cells.reduce((sum, { width }) => sum + (width ?? 0), 0);
  const sharing = cells.filter(({ width }) => width === undefined).length;
  let shared = 0;
  return cells.map(({ width }) => {
    if (width !== undefined) return width;
    const share = Math.floor(free / sharing) + (shared < free % sharing ? 1 : 0);
    shared++;
    return share;
  });
}
