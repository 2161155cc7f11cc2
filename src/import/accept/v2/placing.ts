import { type Json, objectOf, objectsOf, textOf } from '../../../diff/json.ts';
import { classicPanel, panelName } from './classic-panel.ts';
import type { V2Context } from './context.ts';

/** The elements of a dashboard while a layout puts them into their places. */
export interface Placing extends V2Context {
  readonly elements: Json;
  /** Names of elements that no layout has named yet. */
  readonly left: Set<string>;
}

/** Panels one below the other, and the first free line below them. */
export interface Flow {
  readonly panels: readonly Json[];
  readonly bottom: number;
}

/** The panel of an element at a place; none where there is no such element. */
export function panelAt(
  reference: unknown,
  gridPos: Json,
  repeat: unknown,
  placing: Placing,
): readonly Json[] {
  const name = String(objectOf(reference)?.name);
  const element = elementOf(reference, placing);
  placing.left.delete(name);
  if (!element) {
    placing.losses.add(
      'Place in the layout',
      'nothing stands there, as there is no such element',
      `"${name}"`,
    );
    return [];
  }
  const panel = classicPanel(name, element, placing);
  return panel ? [{ ...panel, ...repeatOf(repeat), gridPos }] : [];
}

/** How the panel of an element is spoken of. */
export function placeName(reference: unknown, placing: Placing): string {
  return panelName(String(objectOf(reference)?.name), elementOf(reference, placing));
}

/** Notes that something is shown without the conditions that v2 has for it. */
export function noteConditions(rendering: unknown, place: string, { losses }: V2Context): void {
  if (objectsOf(objectOf(objectOf(rendering)?.spec)?.items).length > 0)
    losses.add('Conditions for showing', 'always shown', place);
}

function elementOf(reference: unknown, { elements }: Placing): Json | undefined {
  const name = String(objectOf(reference)?.name);
  return Object.hasOwn(elements, name) ? objectOf(elements[name]) : undefined;
}

function repeatOf(repeat: unknown): Json {
  const { value, direction, maxPerRow } = objectOf(repeat) ?? {};
  if (textOf(value) === undefined) return {};
  return {
    repeat: value,
    ...(direction === 'h' || direction === 'v' ? { repeatDirection: direction } : {}),
    ...(typeof maxPerRow === 'number' ? { maxPerRow } : {}),
  };
}

/** A number of a layout; 0 where there is none. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
