import type { Json } from '../../diff/json.ts';
import { withoutDefaults } from '../../diff/without-defaults.ts';

/** Collects what a dashboard had that its new form cannot say. */
export interface Losses {
  /** `what` has no new form; `instead` says what was done. Places with the same are told of together. */
  add(what: string, instead: string, place?: string): void;
  /** Settings that nobody took over; those that say nothing are no loss. */
  addRest(rest: Json, place: string): void;
  /** One sentence each, in the order in which they came up. */
  list(): readonly string[];
}

/** More places than this are counted. */
const NAMED = 4;

/** No losses yet. */
export function newLosses(): Losses {
  const found = new Map<string, { readonly what: string; readonly instead: string; places: Set<string> }>();
  const add: Losses['add'] = (what, instead, place) => {
    const key = `${what}: ${instead}`;
    const one = found.get(key) ?? { what, instead, places: new Set() };
    found.set(key, one);
    if (place !== undefined) one.places.add(place);
  };
  return {
    add,
    addRest(rest, place) {
      for (const [key, value] of Object.entries(rest))
        if (withoutDefaults(value, false) !== undefined) add(`Setting \`${key}\``, 'left out', place);
    },
    list: () =>
      [...found.values()].map(({ what, instead, places }) => `${what}${placesOf(places)}: ${instead}.`),
  };
}

function placesOf(places: ReadonlySet<string>): string {
  if (places.size === 0) return '';
  const all = [...places];
  const more = all.length > NAMED ? ` and ${all.length - NAMED} more` : '';
  return ` (${all.slice(0, NAMED).join(', ')}${more})`;
}
