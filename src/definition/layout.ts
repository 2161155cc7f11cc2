/** Columns of Grafana's grid. */
export const GRID_COLUMNS = 24;

/** Rows of panels, from top to bottom, by the keys that the dashboard gives its panels. */
export type Layout<Key extends string> = readonly (LayoutBlock<Key> | LayoutSection<Key>)[];

/** Panels that stand together: side by side, or anyhow. */
export type LayoutBlock<Key extends string> = LayoutRow<Key> | LayoutGrid<Key>;

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

/** Panels at places of their own, where rows of one height do not do. */
export interface LayoutGrid<out Key extends string> {
  readonly kind: 'grid';
  readonly places: readonly LayoutPlace<Key>[];
}

/** Column, row below the top of the grid, width in columns and height in rows. */
export type Place = readonly [x: number, y: number, width: number, height: number];

/** A panel and where it stands in its grid. */
export interface LayoutPlace<out Key extends string> {
  readonly key: Key;
  readonly place: Place;
}

/** Rows under a heading that can be folded. */
export interface LayoutSection<out Key extends string> extends SectionOptions {
  readonly kind: 'section';
  readonly title: string;
  readonly collapsed: boolean;
  readonly rows: readonly LayoutBlock<Key>[];
}

/** What a section can have beside its title and rows. */
export interface SectionOptions {
  /** Folded when the dashboard opens; its panels ask nothing until it is unfolded. Default: false. */
  readonly collapsed?: boolean;
  /** Name of a variable: the section stands once for each of its values. */
  readonly repeat?: string | undefined;
  /** Default: from the title. Two sections of one title need one. */
  readonly id?: number | undefined;
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

/**
 * Panels at places of their own: `grid({ load: [0, 0, 12, 8], hosts: [12, 0, 12, 4], jobs: [12, 4, 12, 4] })`, each as
 * column, row, width and height.
 *
 * @throws RangeError when a panel does not fit into 24 columns
 */
export function grid<const Key extends string>(places: Readonly<Record<Key, Place>>): LayoutGrid<Key> {
  const entries = Object.entries<Place>(places).map(([key, place]) => ({ key: key as Key, place }));
  for (const { key, place } of entries) {
    const [x, y, width, height] = place;
    const isWhole = place.every((number) => number >= 0 && number % 1 === 0);
    if (!isWhole || width < 1 || height < 1 || x + width > GRID_COLUMNS)
      throw new RangeError(
        `grid({ ${key}: [${x}, ${y}, ${width}, ${height}] }): expected whole numbers within ${GRID_COLUMNS} columns`,
      );
  }
  return { kind: 'grid', places: entries };
}

/** A heading over rows; folded ones load their panels when they are opened. */
export function section<const Key extends string = never>(
  title: string,
  rows: readonly LayoutBlock<Key>[],
  options: SectionOptions = {},
): LayoutSection<Key> {
  return { kind: 'section', title, rows, ...options, collapsed: options.collapsed ?? false };
}

/** Where each panel of a block stands below its top, and how high the block is. */
export function placesOf(block: LayoutBlock<string>): {
  readonly places: readonly LayoutPlace<string>[];
  readonly height: number;
} {
  if (block.kind === 'grid')
    return {
      places: block.places,
      height: Math.max(0, ...block.places.map(({ place: [, y, , height] }) => y + height)),
    };
  const widths = widthsOf(block.cells);
  let x = 0;
  const places = block.cells.map(({ key }, index) => {
    const width = widths[index] ?? GRID_COLUMNS;
    const place: Place = [x, 0, width, block.height];
    x += width;
    return { key, place };
  });
  return { places, height: block.height };
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
