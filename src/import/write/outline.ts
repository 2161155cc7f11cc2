import { type Json, objectOf, objectsOf } from '../../diff/json.ts';
import { panelKeys } from './panel-key.ts';

/** A panel and the key it gets. */
export interface OutlinedPanel {
  readonly key: string;
  readonly json: Json;
}

/** The panels of a dashboard in the order in which they are defined, and how rows divide them. */
export interface Outline {
  readonly panels: readonly OutlinedPanel[];
  /** Above the first row. */
  readonly loose: readonly OutlinedPanel[];
  readonly sections: readonly { readonly row: Json; readonly panels: readonly OutlinedPanel[] }[];
}

/**
 * Divides the panels of a dashboard by its rows. Panels stand in the order of the eye, or in the order of the file when
 * that is to be kept.
 */
export function outline(dashboard: Json, order: 'eye' | 'file'): Outline {
  const loose: Json[] = [];
  const sections: { row: Json; panels: Json[] }[] = [];
  for (const panel of objectsOf(dashboard.panels).toSorted(byPlace)) {
    if (panel.type === 'row')
      sections.push({ row: panel, panels: objectsOf(panel.panels).toSorted(byPlace) });
    else (sections.at(-1)?.panels ?? loose).push(panel);
  }
  const eye = [...loose, ...sections.flatMap(({ panels }) => panels)];
  const file = objectsOf(dashboard.panels).flatMap((panel) =>
    panel.type === 'row' ? objectsOf(panel.panels) : [panel],
  );
  const inOrder = order === 'eye' ? eye : file;
  const keys = panelKeys(inOrder);
  const panels = inOrder.map((json, index) => ({ key: keys[index] ?? '', json }));
  const outlined = new Map(panels.map((panel) => [panel.json, panel]));
  const find = (json: Json) => outlined.get(json) ?? { key: '', json };
  return {
    panels,
    loose: loose.map(find),
    sections: sections.map(({ row, panels: inside }) => ({ row, panels: inside.map(find) })),
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
