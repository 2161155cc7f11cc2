import type { Json } from '../../../diff/json.ts';
import type { Losses } from '../losses.ts';

/** What the migrations of one dashboard share. */
export interface Migration {
  /** The schema version that the dashboard was saved with; 0 where it says none. */
  readonly version: number;
  /** What was changed, one sentence each. */
  readonly notes: Set<string>;
  /** What the old panels had and their successors have not. */
  readonly dropped: Losses;
  /** Annotations that panels had for themselves. */
  readonly annotations: Json[];
}

/** How a panel is spoken of. */
export function panelName({ title, id, type }: Json): string {
  return `panel "${typeof title === 'string' && title !== '' ? title : `${type} ${id ?? ''}`.trim()}"`;
}

/** Numbers were often saved as text. */
export function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Only what says something. */
export function given(json: Json): Json {
  return Object.fromEntries(
    Object.entries(json).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** What the statistics of the old panels are called now; undefined for what is none. */
export function reducerOf(name: unknown): string | undefined {
  const text = String(name);
  return Object.hasOwn(REDUCERS, text) ? REDUCERS[text] : KEPT.has(text) ? text : undefined;
}

const REDUCERS: Readonly<Record<string, string>> = {
  avg: 'mean',
  current: 'lastNotNull',
  total: 'sum',
};

const KEPT = new Set(
  'sum max min logmin mean last first count range diff diffperc delta step allIsZero allIsNull lastNotNull firstNotNull changeCount distinctCount'.split(
    ' ',
  ),
);
