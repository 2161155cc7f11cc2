import type { ObjectExpression } from '@babel/types';
import { type Json, objectOf } from '../../diff/json.ts';
import { sameJson } from '../../diff/same-json.ts';
import { chain, literal, propertyName } from '../code/code.ts';
import { panelKeys } from '../write/panel-key.ts';
import { writePanel } from '../write/write-panel.ts';
import { builderIn } from './chain.ts';
import { editLayout } from './edit-layout.ts';
import { type Editing, isLiteral, replace, type Way, type Wish } from './editing.ts';
import { insertCall } from './insert-call.ts';
import { insertItems, removeItem } from './list-edits.ts';
import { panelsIn, type WrittenPanels } from './written-panels.ts';

/**
 * The wish for which panels there are and where they stand: one wish, because a panel without a place does not compile,
 * and one that grows moves others.
 */
export function editPanels(
  options: ObjectExpression,
  written: WrittenPanels,
  before: Json,
  after: Json,
  editing: Editing,
): Wish | undefined {
  const [from, to] = [panelsIn(before), panelsIn(after)];
  const known = new Set(from.map(({ id }) => id));
  const wanted = new Set(to.map(({ id }) => id));
  const removed = from.filter(({ id }) => !wanted.has(id));
  const added = to.filter(({ id }) => !known.has(id));
  const keys = keysFor(added, written);
  const keyOf = ({ id }: Json) => written.keyOf(Number(id)) ?? keys.get(id) ?? '';
  if ([...from, ...to].some((panel) => keyOf(panel) === '')) return undefined;
  const exchanged = exchangePanels(written, { removed, added, to, keyOf }, editing);
  if (!exchanged) return undefined;
  const layout = editLayout(options, { before, after, keyOf }, editing);
  const isFlowing = !options.properties.some(
    (one) => 'key' in one && one.key.type === 'Identifier' && one.key.name === 'layout',
  );
  const flowing = isFlowing ? [[...exchanged, ...resize(written, from, to, editing)]] : [];
  return [...flowing, ...(layout ? [[...exchanged, ...layout]] : [])].filter((way) => way.length > 0);
}

function keysFor(added: readonly Json[], { keys }: WrittenPanels): ReadonlyMap<unknown, string> {
  const taken = new Set(keys);
  return new Map(
    panelKeys(added).map((wanted, index) => {
      let key = wanted;
      for (let count = 2; taken.has(key); count++) key = `${wanted}${count}`;
      taken.add(key);
      return [added[index]?.id, key];
    }),
  );
}

interface Exchange {
  readonly removed: readonly Json[];
  readonly added: readonly Json[];
  /** All panels that there shall be, in the order of the eye. */
  readonly to: readonly Json[];
  keyOf(panel: Json): string;
}

/** Takes panels out and puts new ones in, each behind the one that it stands behind. */
function exchangePanels(
  { object, properties }: WrittenPanels,
  { removed, added, to, keyOf }: Exchange,
  editing: Editing,
): Way | undefined {
  if (removed.length + added.length === 0) return [];
  if (!object) return undefined;
  const list = { container: object, items: object.properties };
  const way = [];
  for (const { id } of removed) {
    const property = properties.get(Number(id));
    if (!property) return undefined;
    way.push(removeItem(list, object.properties.indexOf(property), editing));
  }
  const isNew = new Set(added);
  const groups = new Map<number, Json[]>();
  let index = 0;
  for (const panel of to) {
    const property = properties.get(Number(panel.id));
    if (property) index = object.properties.indexOf(property) + 1;
    if (isNew.has(panel)) groups.set(index, [...(groups.get(index) ?? []), panel]);
  }
  for (const [at, panels] of groups) {
    const items = panels.map((panel) => {
      const { head, calls, wrap } = writePanel(panel, keyOf(panel), editing.writing);
      return { key: propertyName(keyOf(panel)), code: wrap(chain(head, calls)) };
    });
    way.push(...insertItems(list, at, items, editing));
  }
  return way;
}

/** Panels without a layout have their own size. */
function resize(
  { properties }: WrittenPanels,
  from: readonly Json[],
  to: readonly Json[],
  editing: Editing,
): Way {
  return to.flatMap((panel) => {
    const before = objectOf(from.find(({ id }) => id === panel.id)?.gridPos);
    const after = objectOf(panel.gridPos);
    const property = properties.get(Number(panel.id));
    if (!property || !before || !after || sameJson(before, after)) return [];
    const { chain: written } = builderIn(editing.source, property.value);
    return (
      [
        ['span', before.w, after.w],
        ['height', before.h, after.h],
      ] as const
    ).flatMap(([name, old, size]) => {
      if (old === size) return [];
      const argument = written.links.findLast((link) => link.name === name)?.args[0];
      const code = literal(Number(size));
      if (!argument) return insertCall(written, name, { code }, editing);
      return isLiteral(editing.source, argument) ? [replace(editing, argument, code)] : [];
    });
  });
}
