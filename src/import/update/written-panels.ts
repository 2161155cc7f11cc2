import type { ObjectExpression, ObjectProperty } from '@babel/types';
import { idOf } from '../../definition/compile.ts';
import { type Json, objectsOf } from '../../diff/json.ts';
import { builderIn } from './chain.ts';
import { type DefinitionSource, follow, nameOf, nodesOf, propertyOf } from './definition-source.ts';

/** The panels of a dashboard where they stand in the text. */
export interface WrittenPanels {
  /** `{ up: new Stat() … }`; undefined when it is made in another way. */
  readonly object: ObjectExpression | undefined;
  /** What is written for a panel, by the panel's id. */
  readonly properties: ReadonlyMap<number, ObjectProperty>;
  /** The key of a panel, by its id; also of one that stands elsewhere, when the layout speaks of it. */
  keyOf(id: number): string | undefined;
  /** All keys that are known. */
  readonly keys: ReadonlySet<string>;
}

/** Finds the panels of `dashboard({ … })` that compiles to the given dashboard. */
export function writtenPanels(
  source: DefinitionSource,
  options: ObjectExpression,
  dashboard: Json,
): WrittenPanels {
  const ids = new Set(panelsIn(dashboard).map(({ id }) => Number(id)));
  const property = propertyOf(options, 'panels');
  const value = property && follow(source, property.value);
  const object = value?.type === 'ObjectExpression' ? value : undefined;
  const properties = new Map<number, ObjectProperty>();
  const keys = new Map<number, string>();
  const left: [string, ObjectProperty][] = [];
  for (const one of object?.properties ?? []) {
    const key = nameOf(one);
    if (one.type !== 'ObjectProperty' || key === undefined) continue;
    const id = ids.has(idOf(key)) ? idOf(key) : ownId(source, one);
    if (id === undefined || !ids.has(id)) left.push([key, one]);
    else {
      properties.set(id, one);
      keys.set(id, key);
    }
  }
  const unknown = [...ids].filter((id) => !properties.has(id));
  const [only] = left;
  const isAllWritten = object?.properties.every((one) => nameOf(one) !== undefined);
  if (isAllWritten && only && left.length === 1 && unknown.length === 1) {
    properties.set(unknown[0] ?? 0, only[1]);
    keys.set(unknown[0] ?? 0, only[0]);
  }
  for (const key of keysOfLayout(options))
    if (!keys.has(idOf(key)) && ids.has(idOf(key))) keys.set(idOf(key), key);
  return {
    object,
    properties,
    keyOf: (id) => keys.get(id),
    keys: new Set([...keys.values(), ...left.map(([key]) => key)]),
  };
}

/** All panels of a compiled dashboard, those in folded rows too. */
export function panelsIn({ panels }: Json): readonly Json[] {
  return objectsOf(panels).flatMap((panel) => (panel.type === 'row' ? objectsOf(panel.panels) : [panel]));
}

/** `.id(7)` */
function ownId(source: DefinitionSource, { value }: ObjectProperty): number | undefined {
  const link = builderIn(source, value).chain.links.findLast(({ name }) => name === 'id');
  const argument = link?.args[0] && follow(source, link.args[0]);
  return argument?.type === 'NumericLiteral' ? argument.value : undefined;
}

/** All strings in the layout: more than the keys, which does no harm. */
function keysOfLayout(options: ObjectExpression): readonly string[] {
  const layout = propertyOf(options, 'layout');
  if (!layout) return [];
  return [...nodesOf(layout.value)].flatMap((node) => {
    if (node.type === 'StringLiteral') return [node.value];
    return node.type === 'ObjectProperty' ? (nameOf(node) ?? []) : [];
  });
}
