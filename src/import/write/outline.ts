import { type Json, objectOf, objectsOf } from '../../diff/json.ts';
import { panelKeys } from './panel-key.ts';

/** A panel and the key it gets. */
export interface OutlinedPanel {
  readonly key: string;
  readonly json: Json;
}

/** A row with its panels, or without one the panels above the first row or below a folded one. */
export interface OutlinedPart {
  readonly row: Json | undefined;
  readonly panels: readonly OutlinedPanel[];
}

/** The panels of a dashboard in the order in which they are defined, and how rows divide them. */
export interface Outline {
  readonly panels: readonly OutlinedPanel[];
  /** From top to bottom. */
  readonly parts: readonly OutlinedPart[];
}

/**
 * Divides the panels of a dashboard by its rows. Panels stand in the order of the eye, or in the order of the file when
 * that is to be kept. Their keys come from their titles, unless they have some already.
 */
export function outline(
  dashboard: Json,
  order: 'eye' | 'file',
  keysOf: (panels: readonly Json[]) => readonly string[] = panelKeys,
): Outline {
  const parts: { row: Json | undefined; panels: Json[] }[] = [];
  for (const panel of objectsOf(dashboard.panels).toSorted(byPlace)) {
    if (panel.type === 'row') {
      parts.push({ row: panel, panels: objectsOf(panel.panels).toSorted(byPlace) });
      continue;
    }
    // Only what is in a folded row is folded with it.
    if (parts.length === 0 || parts.at(-1)?.row?.collapsed === true)
      parts.push({ row: undefined, panels: [] });
    parts.at(-1)?.panels.push(panel);
  }
  const eye = parts.flatMap(({ panels }) => panels);
  const file = objectsOf(dashboard.panels).flatMap((panel) =>
    panel.type === 'row' ? objectsOf(panel.panels) : [panel],
  );
  const inOrder = order === 'eye' ? eye : file;
  const keys = keysOf(inOrder);
  const panels = inOrder.map((json, index) => ({ key: keys[index] ?? '', json }));
  const outlined = new Map(panels.map((panel) => [panel.json, panel]));
  const find = (json: Json) => outlined.get(json) ?? { key: '', json };
  return {
    panels,
    parts: parts.map(({ row, panels: inside }) => ({ row, panels: inside.map(find) })),
  };
}

/** From top to bottom, then from left to right; a row before what stands beside it. */
function byPlace(a: Json, b: Json): number {
  const [one, other] = [objectOf(a.gridPos), objectOf(b.gridPos)];
  return (
    numberOf(one?.y) - numberOf(other?.y) ||
    Number(b.type === 'row') - Number(a.type === 'row') ||
    numberOf(one?.x) - numberOf(other?.x)
  );
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
